BEGIN;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
SELECT stock FROM items WHERE id = :item FOR UPDATE;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
COMMIT;
