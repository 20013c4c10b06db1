-- What the shop runs when somebody presses "buy". Parameters: :product_id, :buyer_id, and :seen_stock, the number that
-- the application has read before.
UPDATE products SET stock = :seen_stock - 1 WHERE id = :product_id;
INSERT INTO sales (product_id, buyer_id) VALUES (:product_id, :buyer_id);
