\retry 40001 times 20
BEGIN;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
COMMIT;
