SELECT
  u.id,
  u.name,
  CAST(sum(o.total_cents) / 2.5 AS INTEGER) AS total_cents,
  count(DISTINCT i.product_id) AS products
FROM users AS u
JOIN orders AS o ON o.user_id = u.id
LEFT JOIN order_items AS i ON i.order_id = o.id
WHERE o.status NOT IN ('cancelled', 'refunded') AND o.created_at >= '2025-10-01'
GROUP BY u.id
HAVING sum(o.total_cents) / 2.5 > 300000
ORDER BY total_cents DESC, u.id;
