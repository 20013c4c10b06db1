A: BEGIN; SELECT balance FROM accounts WHERE id = 1 FOR UPDATE
B: BEGIN; SELECT balance FROM accounts WHERE id = 2 FOR UPDATE
A: SELECT balance FROM accounts WHERE id = 2 FOR UPDATE
B: SELECT balance FROM accounts WHERE id = 1 FOR UPDATE
A: COMMIT
B: COMMIT
