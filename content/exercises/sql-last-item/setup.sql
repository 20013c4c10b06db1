CREATE TABLE sales (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id),
  buyer_id INTEGER NOT NULL REFERENCES users (id)
);
UPDATE products SET stock = CASE id WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 0 END WHERE id <= 3;
