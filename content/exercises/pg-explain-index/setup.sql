-- 1,000,000 orders, one a minute, of 50,000 customers: 20 each, far apart in the table.
CREATE TABLE orders (
  id int PRIMARY KEY,
  customer_id int NOT NULL,
  status text NOT NULL,
  created_at timestamptz NOT NULL,
  total_cents int NOT NULL
);
INSERT INTO orders
SELECT n, (n::bigint * 7919 + :seed) % 50000 + 1,
  (ARRAY['delivered', 'delivered', 'delivered', 'shipped', 'paid', 'cancelled', 'delivered', 'delivered'])[1 + (n::bigint * 31 + n / 97) % 8],
  timestamptz '2024-01-01 00:00+00' + n * interval '1 minute',
  500 + (n::bigint * 104729 + :seed) % 20000
FROM generate_series(1, 1000000) AS n;
ANALYZE orders;
