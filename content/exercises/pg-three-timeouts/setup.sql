CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL);
INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 10) AS n;
