UPDATE products SET stock = max(stock - 1, 0) WHERE id = :product_id;
INSERT INTO sales (product_id, buyer_id) SELECT :product_id, :buyer_id WHERE changes() = 1;
