BEGIN;
SET LOCAL lock_timeout = '1s';
SELECT pg_advisory_xact_lock(hashtextextended('tickets of ' || :customer, 0));
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
