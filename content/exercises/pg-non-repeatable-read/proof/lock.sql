B: BEGIN
C: BEGIN
C: SELECT balance FROM accounts WHERE id = 1 FOR SHARE
B: SELECT balance FROM accounts WHERE id = 1
A: BEGIN; UPDATE accounts SET balance = 70 WHERE id = 1; UPDATE accounts SET balance = 130 WHERE id = 2; COMMIT
C: SELECT balance FROM accounts WHERE id = 1 FOR SHARE
B: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
C: COMMIT
