SET synchronous_commit = remote_apply;
INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
\sleep :think ms
\connect standby
SELECT count(*) FROM orders WHERE customer_id = :customer;
