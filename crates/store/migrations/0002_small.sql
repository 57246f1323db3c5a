-- Less disk for what there is most of: events as bytes instead of text, messages keyed by whom they are for.
-- `{bytes:column}`: the bytes of a text; entries written as text keep their hash, which is made of the same bytes.

CREATE TABLE journal_small (
    community_id bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    occurred_at bigint,
    actor uuid,
    role text NOT NULL,
    subject uuid,
    event bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (community_id, seq)
) {keyed};
INSERT INTO journal_small SELECT community_id, seq, at, occurred_at, actor, role, subject, {bytes:event}, hash FROM journal ORDER BY community_id, seq;
DROP TABLE journal;
ALTER TABLE journal_small RENAME TO journal;
CREATE INDEX journal_subject ON journal (community_id, subject, seq);

CREATE TABLE messages_small (
    community_id bigint NOT NULL,
    member_id uuid NOT NULL,
    seq bigint NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    read_at bigint,
    PRIMARY KEY (community_id, member_id, seq)
) {keyed};
INSERT INTO messages_small SELECT community_id, member_id, seq, case_id, kind, at, read_at FROM messages;
DROP TABLE messages;
ALTER TABLE messages_small RENAME TO messages;
