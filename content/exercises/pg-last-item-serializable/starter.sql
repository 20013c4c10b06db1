-- What each client of the shop runs. Parameters: :item, :customer.
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM items WHERE id = :item AND stock > 0;
UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0;
COMMIT;
