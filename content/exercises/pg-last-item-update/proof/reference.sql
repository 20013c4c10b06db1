WITH taken AS (
  UPDATE items SET stock = stock - 1 WHERE id = :item AND stock > 0 RETURNING id
)
INSERT INTO orders (item_id, customer_id) SELECT id, :customer FROM taken;
