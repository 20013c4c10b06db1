CREATE INDEX orders_pending ON orders (status) WHERE status = 'pending';
