INSERT INTO sales (product_id, buyer_id) SELECT id, :buyer_id FROM products WHERE id = :product_id AND stock > 0;
UPDATE products SET stock = stock - changes() WHERE id = :product_id AND stock > 0;
