B: BEGIN
C: BEGIN ISOLATION LEVEL REPEATABLE READ
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
A: BEGIN
A: UPDATE accounts SET balance = balance - 30 WHERE id = 1
A: UPDATE accounts SET balance = balance + 30 WHERE id = 2
A: COMMIT
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
C: COMMIT
