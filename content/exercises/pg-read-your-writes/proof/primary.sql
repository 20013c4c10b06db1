INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
\sleep :think ms
SELECT count(*) FROM orders WHERE customer_id = :customer;
