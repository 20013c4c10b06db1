CREATE INDEX ON orders (created_at, id) INCLUDE (customer_id) WHERE status = 'pending';
