A: BEGIN; UPDATE accounts SET balance = balance - 30 WHERE id = 1
B: BEGIN; UPDATE accounts SET balance = balance - 10 WHERE id = 2
B: UPDATE accounts SET balance = balance + 10 WHERE id = 1
A: UPDATE accounts SET balance = balance + 30 WHERE id = 2
A: ROLLBACK
B: ROLLBACK
