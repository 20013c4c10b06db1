SELECT p.id, p.name
FROM products AS p
WHERE p.category = 'audio'
  AND p.id IN (
    SELECT i.product_id FROM order_items AS i WHERE i.order_id IN (SELECT id FROM orders WHERE user_id = 3889)
  )
ORDER BY p.id;
