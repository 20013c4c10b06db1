BEGIN;
WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(1, :customer))
INSERT INTO tickets (customer_id)
SELECT :customer FROM locked WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
