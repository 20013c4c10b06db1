START TRANSACTION;
SELECT 1 FROM items WHERE id = :item FOR NO KEY UPDATE;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
END;
