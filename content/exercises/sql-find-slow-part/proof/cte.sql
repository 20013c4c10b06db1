WITH day AS (
  SELECT id FROM orders WHERE created_at >= '2025-03-14 00:00:00' AND created_at < '2025-03-15 00:00:00'
)
SELECT
  (SELECT count(*) FROM orders WHERE status = 'pending') AS waiting,
  (SELECT count(*) FROM orders
   WHERE status = 'refunded' AND created_at >= '2025-03-01' AND created_at < '2025-04-01') AS refunds,
  (SELECT count(*) FROM day) AS orders,
  sum(i.quantity) AS items,
  sum(i.quantity * i.price_cents) AS revenue_cents
FROM day
JOIN order_items AS i ON i.order_id = day.id;
