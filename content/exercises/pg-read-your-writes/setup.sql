CREATE TABLE orders (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id int NOT NULL,
  total_cents int NOT NULL
);
INSERT INTO orders (customer_id, total_cents) SELECT n % 20, 500 + n FROM generate_series(1, 200) AS n;
