-- The sheets of figures are packed by ourselves, and written anew with each page of the journal: PostgreSQL does not try to press them once more,
-- which took two of the three milliseconds that writing one takes.
{postgres:ALTER TABLE figure_sheets ALTER COLUMN body SET STORAGE EXTERNAL}
