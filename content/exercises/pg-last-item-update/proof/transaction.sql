BEGIN;
WITH taken AS (UPDATE items SET stock = stock - 1 WHERE id = :item AND stock >= 1 RETURNING items.id AS item)
INSERT INTO orders (item_id, customer_id) SELECT item, :customer FROM taken;
COMMIT;
