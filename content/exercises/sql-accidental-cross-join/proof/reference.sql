SELECT DISTINCT p.id, p.name
FROM orders AS o
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
WHERE o.user_id = 3889 AND p.category = 'audio'
ORDER BY p.id;
