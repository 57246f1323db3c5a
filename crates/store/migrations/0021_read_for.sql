-- Whose message it is that somebody who stood in for them has read; empty where it came to the reader.

ALTER TABLE messages ADD COLUMN for_id uuid;
