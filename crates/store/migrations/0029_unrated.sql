-- Departments called by a whistle that is open 吹哨 of which nobody has said how they responded: whoever called finds them without
-- every whistle of the community being read.
CREATE INDEX whistle_parts_unrated ON whistle_parts (community_id, report_by) WHERE ended_at IS NULL AND response IS NULL;
