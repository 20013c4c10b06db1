-- One step a line: the session, a colon, its statement.
A: BEGIN
A: UPDATE accounts SET balance = balance - 30 WHERE id = 1
B: BEGIN
