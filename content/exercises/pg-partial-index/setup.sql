-- 1,000,000 orders, 2,000 of them pending.
CREATE TABLE orders (
  id int PRIMARY KEY,
  customer_id int NOT NULL,
  status text NOT NULL,
  created_at timestamptz NOT NULL,
  total_cents int NOT NULL
);
INSERT INTO orders
SELECT n, (n::bigint * 7919 + :seed) % 50000 + 1,
  CASE
    WHEN (n::bigint * 7919 + :seed) % 500 = 7 THEN 'pending'
    WHEN n % 7 = 0 THEN 'cancelled'
    WHEN n % 5 = 0 THEN 'shipped'
    ELSE 'delivered'
  END,
  timestamptz '2024-01-01 00:00+00' + n * interval '1 minute',
  500 + (n::bigint * 104729) % 20000
FROM generate_series(1, 1000000) AS n;
ANALYZE orders;
