C: BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ
C: SHOW transaction_isolation; SELECT count(*) FROM bookings WHERE room = 7
B: BEGIN; SELECT count(*) FROM bookings WHERE room = 7
A: BEGIN; INSERT INTO bookings (room, guest) VALUES (7, 'Emil'); COMMIT
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
B: COMMIT
C: COMMIT
