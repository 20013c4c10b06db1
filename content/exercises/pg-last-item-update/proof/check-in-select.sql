INSERT INTO orders (item_id, customer_id)
SELECT :item, :customer WHERE (SELECT stock FROM items WHERE id = :item) > (SELECT 0);
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
