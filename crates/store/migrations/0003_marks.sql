-- Marks of cases that lists ask for. `reopened` stood among the facts alone, where only a search through all of them
-- found it; `queued`: told when too many were told of its grid at once, waits for the desk to look through.
ALTER TABLE cases ADD COLUMN reopened boolean NOT NULL DEFAULT false;
ALTER TABLE cases ADD COLUMN queued boolean NOT NULL DEFAULT false;
UPDATE cases SET reopened = true WHERE facts LIKE '%"reopenings":%' AND facts NOT LIKE '%"reopenings":0%';
CREATE INDEX cases_reopened ON cases (community_id, received_at) WHERE reopened AND closed_at IS NULL;
CREATE INDEX cases_queued ON cases (community_id, received_at) WHERE queued AND closed_at IS NULL;
