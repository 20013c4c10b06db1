WITH bought AS (
  SELECT user_id, count(*) AS orders, sum(total_cents) AS total_cents, max(created_at) AS last_order_at
  FROM orders
  WHERE status <> 'cancelled'
  GROUP BY user_id
)
SELECT u.id, u.name, coalesce(b.orders, 0), coalesce(b.total_cents, 0), b.last_order_at
FROM users AS u
LEFT JOIN bought AS b ON b.user_id = u.id
WHERE u.country = 'SE' AND u.created_at >= '2023-12-01'
ORDER BY u.id;
