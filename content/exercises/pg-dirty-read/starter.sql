-- One step a line: the session, a colon, its statement.
B: BEGIN ISOLATION LEVEL READ UNCOMMITTED
B: SHOW transaction_isolation
A: BEGIN
A: UPDATE accounts SET balance = 70 WHERE id = 1
