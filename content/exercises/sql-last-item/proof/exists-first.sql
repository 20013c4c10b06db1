INSERT INTO sales (product_id, buyer_id)
SELECT :product_id, :buyer_id
WHERE EXISTS (SELECT 1 FROM products WHERE id = :product_id AND stock >= 1);
UPDATE products SET stock = stock - 1 WHERE id = :product_id AND stock >= 1;
