-- What happens once is held by the database, whichever process writes.

-- One number of an order is one order. The first one received keeps the key; a later one of before that is the same number in another
-- writing, and what is written in other letters than these, gets its key from the code when the next order of its source comes.
DROP INDEX orders_key;
UPDATE orders SET order_key = NULL WHERE length({bytes:order_no}) <> length(order_no) OR EXISTS (
    SELECT 1 FROM orders AS earlier WHERE earlier.community_id = orders.community_id AND earlier.source = orders.source
    AND earlier.order_key = orders.order_key AND earlier.order_no <> orders.order_no
    AND (earlier.received_at < orders.received_at OR (earlier.received_at = orders.received_at AND earlier.order_no < orders.order_no)));
CREATE UNIQUE INDEX orders_key ON orders (community_id, source, order_key);

-- A case has one mediation at a time. Of several of before that still run the first one keeps the case; the others go on without it.
UPDATE mediations SET case_id = NULL WHERE case_id IS NOT NULL AND state IN ('open', 'drafted', 'agreed') AND EXISTS (
    SELECT 1 FROM mediations AS earlier WHERE earlier.community_id = mediations.community_id AND earlier.case_id = mediations.case_id
    AND earlier.state IN ('open', 'drafted', 'agreed') AND earlier.number < mediations.number);
CREATE UNIQUE INDEX mediations_runs ON mediations (community_id, case_id) WHERE case_id IS NOT NULL AND state IN ('open', 'drafted', 'agreed');
