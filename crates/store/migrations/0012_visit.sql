-- Return visits: who was asked to visit the reporter of a checked case, and by when. Types and times as in 0001.

ALTER TABLE cases ADD COLUMN visitor_id uuid;
ALTER TABLE cases ADD COLUMN visit_due_at bigint;
CREATE INDEX cases_visitor ON cases (community_id, visitor_id, visit_due_at) WHERE visitor_id IS NOT NULL;
CREATE INDEX cases_visit_due ON cases (community_id, visit_due_at) WHERE visit_due_at IS NOT NULL;
-- A visit that was due before there were deadlines for it is due with its case; what needs none has no errand among its facts.
UPDATE cases SET visit_due_at = due_at WHERE state = 'checked';
