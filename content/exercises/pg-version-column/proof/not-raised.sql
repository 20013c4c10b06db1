\retry 02000 times 200
SELECT balance, version FROM accounts WHERE id = :account \gset
UPDATE accounts SET balance = :balance + :amount WHERE id = :account AND version = :version RETURNING version \gset
