-- One number of an order is written in many ways; this is what they have in common. Empty for an order of before, until the next
-- one of its source comes.

ALTER TABLE orders ADD COLUMN order_key text;
CREATE INDEX orders_key ON orders (community_id, source, order_key);
