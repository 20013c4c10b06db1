SELECT u.id, u.name, sum(o.total_cents) AS total_cents, count(DISTINCT i.product_id) AS products
FROM users AS u
JOIN orders AS o ON o.user_id = u.id
JOIN order_items AS i INDEXED BY items_of_order ON i.order_id = o.id
WHERE o.status NOT IN ('cancelled', 'refunded') AND o.created_at >= '2025-10-01'
GROUP BY u.id
HAVING sum(o.total_cents) > 300000
ORDER BY total_cents DESC, u.id;
