-- Less disk for what there is most of.

-- What a journal speaks of again and again, by number: who acts in which role (`role` is given; `id` is nobody's for the
-- clock, a reporter, the system), or the id of a grid, a member, a seat. A number never changes.
CREATE TABLE journal_names (
    community_id bigint NOT NULL,
    n bigint NOT NULL,
    id uuid,
    role text,
    PRIMARY KEY (community_id, n)
) {keyed};
CREATE INDEX journal_names_whom ON journal_names (community_id, role, id);
INSERT INTO journal_names (community_id, n, id, role)
    SELECT community_id, row_number() OVER (PARTITION BY community_id ORDER BY first), actor, role
    FROM (SELECT community_id, actor, role, min(seq) AS first FROM journal GROUP BY community_id, actor, role) doers;

-- `who`: a number of journal_names. `subject` stands with the first entry about it; every later one holds that entry's seq
-- as `about`. `event`: its short form. `hash`: the first four bytes; the last entry's whole hash stands with the head.
-- The events of before are kept as they are: both forms are read.
CREATE TABLE journal_small (
    community_id bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    occurred_at bigint,
    who bigint NOT NULL,
    subject uuid,
    about bigint,
    event bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (community_id, seq)
) {keyed};
INSERT INTO journal_small (community_id, seq, at, occurred_at, who, subject, about, event, hash)
    SELECT j.community_id, j.seq, j.at, j.occurred_at, w.n, CASE WHEN f.seq = j.seq THEN j.subject END,
        CASE WHEN f.seq < j.seq THEN f.seq END, j.event, substr(j.hash, 1, 4)
    FROM journal j
    LEFT JOIN journal_names w ON w.community_id = j.community_id AND w.role = j.role AND w.id IS NOT DISTINCT FROM j.actor
    LEFT JOIN (SELECT community_id, subject, min(seq) AS seq FROM journal WHERE subject IS NOT NULL
        GROUP BY community_id, subject) f ON f.community_id = j.community_id AND f.subject = j.subject
    ORDER BY j.community_id, j.seq;
DROP TABLE journal;
ALTER TABLE journal_small RENAME TO journal;
CREATE INDEX journal_subject ON journal (community_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX journal_about ON journal (community_id, about) WHERE about IS NOT NULL;

-- Keys of requests are forgotten after thirty days; this finds the old ones.
CREATE INDEX request_keys_at ON request_keys (community_id, at);

-- Facts as bytes (MessagePack) instead of text; those of before are kept as they are: both are read.
ALTER TABLE cases ADD COLUMN packed bytea NOT NULL DEFAULT '';
UPDATE cases SET packed = {bytes:facts};
ALTER TABLE cases DROP COLUMN facts;
ALTER TABLE cases RENAME COLUMN packed TO facts;

-- Only open cases are asked for by their deadline, and those have an index of their own.
DROP INDEX cases_due;

-- The first telling of a case has the id of its case: number, grid, point and moment stand there and never change. Its
-- `case_id` is none. Reports of before, and everybody else who tells the same, have all columns.
CREATE TABLE reports_small (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint,
    case_id uuid,
    channel text NOT NULL,
    words text NOT NULL,
    place_note text NOT NULL,
    grid_id uuid,
    category text,
    lon double precision,
    lat double precision,
    answer_by bigint,
    received_at bigint,
    entered_by uuid,
    PRIMARY KEY (community_id, id)
) {keyed};
INSERT INTO reports_small (community_id, id, number, case_id, channel, words, place_note, grid_id, category, lon, lat, answer_by,
        received_at, entered_by)
    SELECT community_id, id, number, case_id, channel, words, place_note, grid_id, category, lon, lat, answer_by, received_at, entered_by
    FROM reports ORDER BY community_id, id;
DROP TABLE reports;
ALTER TABLE reports_small RENAME TO reports;
CREATE UNIQUE INDEX reports_number ON reports (community_id, number) WHERE number IS NOT NULL;
CREATE INDEX reports_case ON reports (community_id, case_id) WHERE case_id IS NOT NULL;

-- What a message is about and when it came stands in the entry it tells of.
CREATE TABLE messages_small (
    community_id bigint NOT NULL,
    member_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    read_at bigint,
    PRIMARY KEY (community_id, member_id, seq)
) {keyed};
INSERT INTO messages_small SELECT community_id, member_id, seq, kind, read_at FROM messages;
DROP TABLE messages;
ALTER TABLE messages_small RENAME TO messages;
