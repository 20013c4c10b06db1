\retry 02000 times 200
SELECT balance FROM accounts WHERE id = :account \gset
UPDATE accounts SET balance = :balance + :amount WHERE id = :account AND balance = :balance RETURNING balance \gset
