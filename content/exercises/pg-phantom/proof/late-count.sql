B: BEGIN
B: SELECT count(*) FROM bookings WHERE room = 7
C: BEGIN ISOLATION LEVEL REPEATABLE READ
C: SHOW transaction_isolation
A: INSERT INTO bookings (room, guest) VALUES (7, 'Cleo')
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT 2
B: COMMIT
C: COMMIT
