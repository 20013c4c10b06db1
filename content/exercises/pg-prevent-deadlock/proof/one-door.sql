-- All transfers pass one by one: right, and slow under load.
BEGIN;
SELECT pg_advisory_xact_lock(1);
UPDATE accounts SET balance = balance - 10 WHERE id = :from;
UPDATE accounts SET balance = balance + 10 WHERE id = :to;
COMMIT;
