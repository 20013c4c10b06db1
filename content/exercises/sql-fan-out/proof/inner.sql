WITH lines AS (
  SELECT order_id, product_id, row_number() OVER (PARTITION BY order_id ORDER BY id) AS line FROM order_items
)
SELECT
  u.id,
  u.name,
  sum(CASE WHEN lines.line = 1 THEN o.total_cents ELSE 0 END) AS total_cents,
  count(DISTINCT lines.product_id) AS products
FROM users AS u
JOIN orders AS o ON o.user_id = u.id
JOIN lines ON lines.order_id = o.id
WHERE o.status NOT IN ('cancelled', 'refunded') AND o.created_at >= '2025-10-01'
GROUP BY u.id
HAVING sum(CASE WHEN lines.line = 1 THEN o.total_cents ELSE 0 END) > 300000
ORDER BY total_cents DESC, u.id;
