-- What each client runs. Parameters: :from and :to. A transfer moves 10.
BEGIN;
UPDATE accounts SET balance = balance - 10 WHERE id = :from;
UPDATE accounts SET balance = balance + 10 WHERE id = :to;
COMMIT;
