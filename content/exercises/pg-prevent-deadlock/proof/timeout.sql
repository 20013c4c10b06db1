BEGIN;
SET LOCAL lock_timeout = '100ms';
UPDATE accounts SET balance = balance - 10 WHERE id = :from;
UPDATE accounts SET balance = balance + 10 WHERE id = :to;
COMMIT;
