BEGIN;
SELECT pg_advisory_lock(1, :customer);
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
