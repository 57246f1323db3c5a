-- Whistles 吹哨报到: which department leads 主办, and by when those called have to say that they have heard 响应.
-- Types and times as in 0001.

-- false for the departments that help 协办, and for all in what was written before one of them led
ALTER TABLE whistle_parts ADD COLUMN leads boolean NOT NULL DEFAULT false;
ALTER TABLE whistle_parts ADD COLUMN hear_by bigint;
-- when it was told to its leader that nobody said they had heard
ALTER TABLE whistle_parts ADD COLUMN unheard_at bigint;
