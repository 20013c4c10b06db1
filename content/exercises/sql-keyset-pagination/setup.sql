CREATE INDEX orders_created_at ON orders (created_at);
-- Orders of a marketplace come with ids of their own. A sale opened there at nine: 160 orders in one minute. Forty of the
-- minute before were imported later.
INSERT INTO orders (id, user_id, status, created_at, total_cents)
WITH RECURSIVE row (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < 240)
SELECT
  900000 + i,
  1 + (i * 37 + :seed) % 150,
  'delivered',
  CASE WHEN i <= 160 THEN '2024-11-29 09:00:00' ELSE '2024-11-29 08:59:00' END,
  1000 + (i * 7919 + :seed * 31) % 20000
FROM row
WHERE i <= 160 OR i > 200;
