CREATE INDEX queue ON orders (created_at, user_id, total_cents) WHERE status = 'pending' AND created_at IS NOT NULL;
