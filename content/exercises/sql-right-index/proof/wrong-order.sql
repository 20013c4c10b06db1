CREATE INDEX orders_created_user ON orders (created_at, user_id);
