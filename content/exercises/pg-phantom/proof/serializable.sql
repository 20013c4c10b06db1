B: BEGIN
C: BEGIN ISOLATION LEVEL SERIALIZABLE
C: SHOW transaction_isolation
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
A: INSERT INTO bookings (room, guest) VALUES (7, 'Cleo')
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
B: COMMIT
C: COMMIT
