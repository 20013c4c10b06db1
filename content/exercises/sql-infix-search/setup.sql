CREATE TABLE listings (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (id),
  title TEXT NOT NULL,
  price_cents INTEGER NOT NULL
);
INSERT INTO listings (id, product_id, title, price_cents)
SELECT
  i.id,
  p.id,
  p.name || CASE i.id % 4 WHEN 0 THEN ', refurbished' WHEN 1 THEN ', new in box' WHEN 2 THEN ', no box' ELSE ', used' END,
  i.price_cents
FROM order_items AS i
JOIN products AS p ON p.id = i.product_id
WHERE i.id <= 400 * :scale;
