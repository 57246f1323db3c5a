-- What was agreed when parties were called together 协调 is followed: when the time for it went by it is told once to whoever does it and
-- to whoever called. What had gone by before is told once, too: it is open still, and a case is not closed with it.
ALTER TABLE coordination_items ADD COLUMN late_told_at bigint;
CREATE INDEX coordination_items_untold ON coordination_items (community_id, due_at) WHERE settled_at IS NULL AND late_told_at IS NULL;
-- what is open is little, however much was ever agreed
CREATE INDEX coordination_items_open ON coordination_items (community_id, coordination_id) WHERE settled_at IS NULL;
-- whoever called the parties finds the case as long as something agreed there is open
CREATE INDEX coordinations_caller ON coordinations (community_id, called_by, id);
