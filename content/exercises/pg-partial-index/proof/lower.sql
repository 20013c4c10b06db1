CREATE INDEX ON orders (created_at) WHERE lower(status) = 'pending';
