BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
COMMIT;
\retry 40001 40P01 times 50
