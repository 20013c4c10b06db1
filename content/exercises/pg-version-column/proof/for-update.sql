BEGIN;
SELECT balance, version FROM accounts WHERE id = :account FOR UPDATE \gset
UPDATE accounts SET balance = :balance + :amount, version = :version + 1 WHERE id = :account;
COMMIT;
