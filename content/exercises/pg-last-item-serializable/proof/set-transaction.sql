\retry 40001 times 40
BEGIN;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
INSERT INTO orders (item_id, customer_id) SELECT :item, :customer WHERE (SELECT stock FROM items WHERE id = :item AND xmin::text = pg_current_xact_id()::text) IS NOT NULL;
COMMIT;
