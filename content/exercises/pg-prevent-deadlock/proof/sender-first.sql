BEGIN;
SELECT id FROM accounts WHERE id = :from FOR UPDATE;
SELECT id FROM accounts WHERE id = :to FOR UPDATE;
UPDATE accounts SET balance = balance - 10 WHERE id = :from;
UPDATE accounts SET balance = balance + 10 WHERE id = :to;
COMMIT;
