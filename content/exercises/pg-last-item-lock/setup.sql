CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL, stock int NOT NULL);
INSERT INTO items VALUES (1, 'Kettle', 1), (2, 'Lamp', 10), (3, 'Mat', 0);
CREATE TABLE orders (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  item_id int NOT NULL REFERENCES items,
  customer_id int NOT NULL
);
