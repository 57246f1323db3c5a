-- From when on an open case is called overdue: from its deadline, or, as long as nobody has decided what becomes of it, from when
-- that should have been done; null while its clock stands still 挂账, unless it was late before. Rows from before are filled in by
-- `case::late`. Lists walk it; `cases_overdue` stays for what asks by the deadline itself.
ALTER TABLE cases ADD COLUMN late_at bigint;
CREATE INDEX cases_late ON cases (community_id, late_at) WHERE late_at IS NOT NULL;
-- By when somebody has to decide what becomes of it; null once that is decided. Beside it when those who decide, and after them
-- those who lead, were last told that nobody did.
ALTER TABLE cases ADD COLUMN decide_by_at bigint;
ALTER TABLE cases ADD COLUMN undecided_told_at bigint;
ALTER TABLE cases ADD COLUMN undecided_told_up_at bigint;
CREATE INDEX cases_undecided ON cases (community_id, decide_by_at) WHERE decide_by_at IS NOT NULL;
