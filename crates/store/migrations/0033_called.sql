-- Departments called by a whistle 吹哨 that its case has no more: what had gone from hand to hand too often was lifted a level up while
-- the whistle was open, and its rows stayed open for good. Those of cases that cannot have one end here, with the last thing that
-- their community did; those of accepted work are ended by what the facts of the case say.
UPDATE whistle_parts SET ended_at = coalesce((SELECT j.at FROM journal j WHERE j.community_id = whistle_parts.community_id ORDER BY j.seq DESC LIMIT 1), report_by)
WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.community_id = whistle_parts.community_id AND c.id = whistle_parts.case_id AND c.state = 'accepted');
-- What was agreed 协调 and is late puts a case on a list of supervision: it is found without everything that was ever agreed being read.
CREATE INDEX coordination_items_late ON coordination_items (community_id, due_at, case_id) WHERE settled_at IS NULL;
