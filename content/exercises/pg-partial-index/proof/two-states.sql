CREATE INDEX open_payments ON orders (created_at) WHERE status IN ('pending', 'failed');
