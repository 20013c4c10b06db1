CREATE INDEX history ON orders (user_id, created_at, status, total_cents);
