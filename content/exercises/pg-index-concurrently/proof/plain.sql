CREATE INDEX ON orders (status, created_at);
