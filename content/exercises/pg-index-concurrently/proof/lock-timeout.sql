SET lock_timeout = '2s';
CREATE INDEX ON orders (status, created_at);
