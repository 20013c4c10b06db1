UPDATE products SET stock = stock - 1 WHERE id = :product_id;
INSERT INTO sales (product_id, buyer_id) VALUES (:product_id, :buyer_id);
