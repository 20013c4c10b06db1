SELECT id, created_at, user_id, total_cents
FROM orders
WHERE created_at <= :last_created_at
ORDER BY created_at DESC, id DESC
LIMIT 20;
