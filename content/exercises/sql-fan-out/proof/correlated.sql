WITH spent AS (
  SELECT user_id, sum(total_cents) AS total_cents
  FROM orders
  WHERE status NOT IN ('cancelled', 'refunded') AND created_at >= '2025-10-01'
  GROUP BY user_id
)
SELECT
  u.id,
  u.name,
  s.total_cents,
  (SELECT count(DISTINCT i.product_id)
   FROM orders AS o
   JOIN order_items AS i ON i.order_id = o.id
   WHERE o.user_id = u.id AND o.status NOT IN ('cancelled', 'refunded') AND o.created_at >= '2025-10-01') AS products
FROM users AS u
JOIN spent AS s ON s.user_id = u.id
WHERE s.total_cents > 300000
ORDER BY s.total_cents DESC, u.id;
