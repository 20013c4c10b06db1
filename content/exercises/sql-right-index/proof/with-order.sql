CREATE INDEX any_name ON orders (user_id, created_at DESC);
