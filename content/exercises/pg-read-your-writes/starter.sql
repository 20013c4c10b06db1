-- Request 1: the checkout. It writes on the primary.
\connect primary
INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);

-- Request 2: the page of orders, :think ms later. It reads from the standby.
\sleep :think ms
\connect standby
SELECT count(*) FROM orders WHERE customer_id = :customer;
