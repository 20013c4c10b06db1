\retry 40001 times 300
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT balance FROM accounts WHERE id = :account \gset
UPDATE accounts SET balance = :balance + :amount, version = version + 1 WHERE id = :account;
COMMIT;
