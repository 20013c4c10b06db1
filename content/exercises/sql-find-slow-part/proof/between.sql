SELECT
  (SELECT count(*) FROM orders WHERE status = 'pending') AS waiting,
  (SELECT count(*) FROM orders
   WHERE status = 'refunded' AND created_at >= '2025-03-01' AND created_at < '2025-04-01') AS refunds,
  day.orders,
  day.items,
  day.revenue_cents
FROM (
  SELECT
    count(DISTINCT o.id) AS orders,
    sum(i.quantity) AS items,
    sum(i.quantity * i.price_cents) AS revenue_cents
  FROM orders AS o
  JOIN order_items AS i ON i.order_id = o.id
  WHERE o.created_at BETWEEN '2025-03-14 00:00:00' AND '2025-03-15 00:00:00'
) AS day;
