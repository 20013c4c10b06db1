\retry 02000 times 3
SELECT balance, version FROM accounts WHERE id = :account \gset
UPDATE accounts SET balance = :balance + :amount, version = version + 1
WHERE id = :account AND version = :version RETURNING version \gset
