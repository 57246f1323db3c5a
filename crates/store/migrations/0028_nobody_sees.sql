-- Whether an open complaint is seen by nobody, so that administrators hear how many there are without every one being opened; kept as
-- yes or no, never whom it names. `looked_at`: when that was found out; nought asks for it, for rows from before and after each change.
ALTER TABLE complaints ADD COLUMN nobody_sees boolean NOT NULL DEFAULT false;
ALTER TABLE complaints ADD COLUMN looked_at bigint NOT NULL DEFAULT 0;
CREATE INDEX complaints_looked ON complaints (community_id, looked_at) WHERE closed_at IS NULL;
CREATE INDEX complaints_nobody ON complaints (community_id, nobody_sees) WHERE closed_at IS NULL;
