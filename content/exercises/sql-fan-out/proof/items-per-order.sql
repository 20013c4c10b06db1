-- Counts an order only in the first of its lines.
WITH lines AS (
  SELECT
    o.user_id,
    i.product_id,
    CASE WHEN row_number() OVER (PARTITION BY o.id ORDER BY i.id) = 1 THEN o.total_cents ELSE 0 END AS total_cents
  FROM orders AS o
  LEFT JOIN order_items AS i ON i.order_id = o.id
  WHERE o.status NOT IN ('cancelled', 'refunded') AND o.created_at >= '2025-10-01'
)
SELECT u.id, u.name, sum(lines.total_cents) AS total_cents, count(DISTINCT lines.product_id) AS products
FROM lines
JOIN users AS u ON u.id = lines.user_id
GROUP BY u.id
HAVING sum(lines.total_cents) > 300000
ORDER BY total_cents DESC, u.id;
