B: BEGIN
B: SELECT count(*) FROM bookings WHERE room = 7
C: BEGIN
C: SHOW transaction_isolation
C: SELECT id FROM bookings WHERE room = 7 FOR UPDATE
C: SELECT count(*) FROM bookings WHERE room = 7
A: INSERT INTO bookings (room, guest) VALUES (7, 'Cleo')
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT count(*) FROM bookings WHERE room = 7
B: COMMIT
C: COMMIT
