B: SET default_transaction_isolation = 'read uncommitted'
B: BEGIN
B: SHOW transaction_isolation
A: BEGIN
A: SELECT balance FROM accounts WHERE id = 1 FOR UPDATE
A: UPDATE accounts SET balance = 70 WHERE id = 1
B: SELECT balance FROM accounts WHERE id = 1
B: SELECT balance FROM accounts WHERE id = 1
A: COMMIT
B: SELECT balance FROM accounts WHERE id = 1
B: COMMIT
