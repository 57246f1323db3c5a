-- Until when the level that has a case has to solve it or lift it up, while that clock runs; and for which of these moments owner and
-- lead were told that it went by. Rows from before are filled in by `case::tier`, which reads their facts; of what went by in
-- them nobody is told any more.
ALTER TABLE cases ADD COLUMN tier_due_at bigint;
ALTER TABLE cases ADD COLUMN tier_told_at bigint;
CREATE INDEX cases_tier ON cases (community_id, tier_due_at) WHERE tier_due_at IS NOT NULL;
