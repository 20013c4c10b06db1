B: BEGIN
C: BEGIN ISOLATION LEVEL REPEATABLE READ
C: SHOW transaction_isolation
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
A: INSERT INTO bookings (room, guest) VALUES (8, 'Cleo')
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
B: COMMIT
C: COMMIT
