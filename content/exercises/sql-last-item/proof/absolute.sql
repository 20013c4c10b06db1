UPDATE products SET stock = :seen_stock - 1 WHERE id = :product_id;
INSERT INTO sales (product_id, buyer_id) VALUES (:product_id, :buyer_id);
