WITH
  counted AS (
    SELECT id, user_id, total_cents
    FROM orders
    WHERE status NOT IN ('cancelled', 'refunded') AND created_at >= '2025-10-01'
  ),
  spent AS (
    SELECT user_id, sum(total_cents) AS total_cents
    FROM counted
    GROUP BY user_id
    HAVING sum(total_cents) > 300000
  ),
  bought AS (
    SELECT c.user_id, count(DISTINCT i.product_id) AS products
    FROM counted AS c
    JOIN order_items AS i ON i.order_id = c.id
    GROUP BY c.user_id
  )
SELECT u.id, u.name, s.total_cents, coalesce(b.products, 0) AS products
FROM spent AS s
JOIN users AS u ON u.id = s.user_id
LEFT JOIN bought AS b ON b.user_id = s.user_id
ORDER BY s.total_cents DESC, u.id;
