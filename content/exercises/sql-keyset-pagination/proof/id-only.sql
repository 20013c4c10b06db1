SELECT id, created_at, user_id, total_cents
FROM orders
WHERE id < :last_id
ORDER BY id DESC
LIMIT 20;
