BEGIN;
SELECT id FROM tickets WHERE customer_id = :customer ORDER BY id FOR UPDATE;
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
