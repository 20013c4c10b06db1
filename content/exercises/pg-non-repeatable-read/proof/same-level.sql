B: BEGIN
C: BEGIN
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
A: BEGIN; UPDATE accounts SET balance = 70 WHERE id = 1; UPDATE accounts SET balance = 130 WHERE id = 2; COMMIT
B: SELECT balance FROM accounts WHERE id = 1
C: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
C: COMMIT
