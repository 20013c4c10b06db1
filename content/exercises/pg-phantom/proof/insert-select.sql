B: BEGIN ISOLATION LEVEL READ UNCOMMITTED; SELECT count(*) FROM bookings WHERE room = 7
C: BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SHOW transaction_isolation
C: SELECT sum(1) FROM bookings WHERE room = 7
A: INSERT INTO bookings (room, guest) SELECT room, 'Fay' FROM bookings WHERE guest = 'Ada'
B: SELECT count(*) FROM bookings WHERE room = 7
C: SELECT sum(1) FROM bookings WHERE room = 7
B: COMMIT
C: COMMIT
