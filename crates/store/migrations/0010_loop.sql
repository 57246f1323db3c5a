-- Closing the loop: complaints about somebody who works here. Types and times as in 0001.

-- Words, names and answers under seal. No index by person: nobody can be looked up here.
CREATE TABLE complaints (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    version bigint NOT NULL,
    grid_id uuid NOT NULL,
    state text NOT NULL,
    about_id uuid,
    lead_id uuid,
    words bytea NOT NULL,
    about_words bytea,
    name bytea,
    phone bytea,
    answer bytea,
    outcome text,
    taken_by uuid,
    answered_by uuid,
    received_at bigint NOT NULL,
    due_at bigint NOT NULL,
    answered_at bigint,
    closed_at bigint,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE UNIQUE INDEX complaints_number ON complaints (community_id, number);
CREATE INDEX complaints_open ON complaints (community_id, due_at) WHERE closed_at IS NULL;
CREATE INDEX complaints_received ON complaints (community_id, received_at);

CREATE TABLE complaint_notes (
    community_id bigint NOT NULL,
    id uuid NOT NULL,
    complaint_id uuid NOT NULL,
    by_id uuid NOT NULL,
    words bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (community_id, id)
) {keyed};
CREATE INDEX complaint_notes_complaint ON complaint_notes (community_id, complaint_id, at);
