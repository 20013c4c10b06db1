UPDATE products SET stock = stock - 1 WHERE id = :product_id AND stock > 0;
INSERT INTO sales (product_id, buyer_id) SELECT :product_id, :buyer_id WHERE changes() = 1;
