CREATE INDEX ON orders (created_at, customer_id);
