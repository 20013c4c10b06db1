-- 100,000 orders, one a minute.
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO orders
SELECT n, (n::bigint * 7919 + :seed) % 5000 + 1, CASE WHEN n % 20 = 0 THEN 'pending' ELSE 'paid' END, timestamptz '2024-01-01 00:00+00' + n * interval '1 minute'
FROM generate_series(1, 100000) AS n;
ANALYZE orders;
