B: BEGIN
C: BEGIN ISOLATION LEVEL REPEATABLE READ
C: SHOW transaction_isolation
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
A: BEGIN
A: INSERT INTO bookings (room, guest) VALUES (7, 'Cleo')
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
A: ROLLBACK
B: COMMIT
C: COMMIT
