SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY orders_pending ON orders (created_at) WHERE status = 'pending';
