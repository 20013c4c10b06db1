CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL);
INSERT INTO orders SELECT n, (n * 7) % 500, 'new' FROM generate_series(1, 3000) AS n;
ANALYZE orders;
