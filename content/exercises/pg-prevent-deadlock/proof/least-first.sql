BEGIN;
UPDATE accounts SET balance = balance + CASE WHEN id = :to THEN 10 ELSE -10 END WHERE id = least(:from, :to);
UPDATE accounts SET balance = balance + CASE WHEN id = :to THEN 10 ELSE -10 END WHERE id = greatest(:from, :to);
COMMIT;
