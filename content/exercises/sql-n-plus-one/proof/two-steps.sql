WITH
  listed AS (SELECT id, name FROM users WHERE country = 'SE' AND created_at >= '2023-12-01'),
  bought AS (
    SELECT user_id, count(*) AS orders, sum(total_cents) AS total_cents, max(created_at) AS last_order_at
    FROM orders
    WHERE user_id IN (SELECT id FROM listed) AND status <> 'cancelled'
    GROUP BY user_id
  )
SELECT listed.id, listed.name, coalesce(bought.orders, 0), coalesce(bought.total_cents, 0), bought.last_order_at
FROM listed
LEFT JOIN bought ON bought.user_id = listed.id
ORDER BY listed.id;
