SELECT DISTINCT p.id, p.name
FROM users AS u, orders AS o, order_items AS i, products AS p
WHERE u.id = 3889
  AND o.user_id = u.id
  AND i.order_id = o.id
  AND p.category = 'audio'
ORDER BY p.id;
