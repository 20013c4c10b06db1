CREATE TABLE shifts (name text PRIMARY KEY);
INSERT INTO shifts VALUES ('night'), ('day'), ('late');
CREATE TABLE doctors (id int PRIMARY KEY, shift text NOT NULL REFERENCES shifts, on_call boolean NOT NULL);
INSERT INTO doctors VALUES (1, 'night', true), (2, 'night', true);
INSERT INTO doctors SELECT 10 + n, 'day', true FROM generate_series(1, 8) AS n;
INSERT INTO doctors SELECT 20 + n, 'late', true FROM generate_series(1, 3) AS n;
