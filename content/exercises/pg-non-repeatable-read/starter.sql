-- Steps of sessions A, B and C.
B: BEGIN
C: BEGIN
B: SELECT balance FROM accounts WHERE id = 1
