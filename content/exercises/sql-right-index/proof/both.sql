CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX orders_created ON orders (created_at);
