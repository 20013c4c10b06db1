C: START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY
C: SELECT count(*) FROM accounts
A: BEGIN; UPDATE accounts SET balance = 70 WHERE id = 1; UPDATE accounts SET balance = 130 WHERE id = 2
B: BEGIN
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
A: COMMIT
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
C: COMMIT
