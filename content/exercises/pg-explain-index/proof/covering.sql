CREATE INDEX orders_of_customer ON orders (customer_id) INCLUDE (total_cents);
