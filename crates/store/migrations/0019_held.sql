-- What sounded like a complaint and nobody said whether it is one is held as a complaint until a supervisor decides. What belongs
-- to a report (place, kind, how the reporter wants to be reached) goes along under seal, so that it can become one unharmed.

ALTER TABLE complaints ADD COLUMN held boolean NOT NULL DEFAULT false;
ALTER TABLE complaints ADD COLUMN along bytea;
