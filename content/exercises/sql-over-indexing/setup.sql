CREATE INDEX orders_user ON orders (user_id);
CREATE INDEX orders_user_created ON orders (user_id, created_at);
CREATE INDEX orders_user_created_status ON orders (user_id, created_at, status);
CREATE INDEX orders_status ON orders (status);
CREATE INDEX orders_by_status ON orders (status, created_at);
CREATE INDEX orders_created ON orders (created_at);
CREATE INDEX orders_created_status ON orders (created_at, status);
CREATE INDEX orders_total ON orders (total_cents);
CREATE INDEX orders_note ON orders (note);
