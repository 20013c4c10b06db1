-- The client sends the last row that it has seen as :last_created_at and :last_id.
SELECT id, created_at, user_id, total_cents
FROM orders
ORDER BY created_at DESC, id DESC
LIMIT 20 OFFSET 108600;
