CREATE INDEX queue ON orders (status, created_at) WHERE status = 'pending';
