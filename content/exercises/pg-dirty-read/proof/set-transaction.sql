B: BEGIN; SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED
B: SELECT current_setting('transaction_isolation')
A: BEGIN; UPDATE accounts SET balance = balance - 30 WHERE id = 1
B: SELECT balance FROM accounts WHERE id = 1; SELECT 1
A: COMMIT
B: SELECT balance FROM accounts WHERE id = 1
B: ROLLBACK
