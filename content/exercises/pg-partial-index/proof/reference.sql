CREATE INDEX orders_pending ON orders (created_at) WHERE status = 'pending';
