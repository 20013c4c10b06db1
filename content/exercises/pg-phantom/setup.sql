CREATE TABLE bookings (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room int NOT NULL, guest text NOT NULL);
INSERT INTO bookings (room, guest) VALUES (7, 'Ada'), (7, 'Bo'), (8, 'Dora');
