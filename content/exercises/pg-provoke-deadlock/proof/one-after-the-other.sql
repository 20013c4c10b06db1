A: BEGIN; UPDATE accounts SET balance = balance - 30 WHERE id = 1; UPDATE accounts SET balance = balance + 30 WHERE id = 2; COMMIT
B: BEGIN; UPDATE accounts SET balance = balance - 10 WHERE id = 2; UPDATE accounts SET balance = balance + 10 WHERE id = 1; COMMIT
