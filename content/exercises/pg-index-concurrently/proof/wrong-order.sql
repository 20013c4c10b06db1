CREATE INDEX CONCURRENTLY ON orders (customer_id, created_at, status);
