BEGIN;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
UPDATE items SET stock = (SELECT stock FROM items WHERE id = :item) - 1 WHERE id = :item AND stock > 0;
COMMIT;
