B: BEGIN
B: SHOW transaction_isolation
A: BEGIN
A: UPDATE accounts SET balance = 70 WHERE id = 1
B: SELECT balance FROM accounts WHERE id = 1
A: COMMIT
B: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
