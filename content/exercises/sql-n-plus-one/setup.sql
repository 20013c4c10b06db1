CREATE INDEX orders_user_id ON orders (user_id);
-- Some customers of the list have cancelled every order.
UPDATE orders SET status = 'cancelled'
WHERE user_id IN (SELECT id FROM users WHERE country = 'SE' AND created_at >= '2023-12-01' AND id % 6 = 0);
