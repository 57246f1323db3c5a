-- What waits for a decision: since when somebody waits to hear whether a case gets more time, or what becomes of an appeal against
-- being overdue; null where nothing is asked. Rows from before are filled in by `case::asked`, which reads their facts.
ALTER TABLE cases ADD COLUMN decision_at bigint;
CREATE INDEX cases_decision ON cases (community_id, decision_at) WHERE decision_at IS NOT NULL;

-- Every page tells how many messages are new. `read_at` stands in it so that SQLite prefers it to the primary key.
CREATE INDEX messages_new ON messages (community_id, member_id, read_at, seq) WHERE read_at IS NULL;
