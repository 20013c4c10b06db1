CREATE INDEX ON orders (created_at) WHERE status <> 'delivered';
