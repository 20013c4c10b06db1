CREATE INDEX orders_created_at ON orders (created_at);
CREATE INDEX orders_status_created_at ON orders (status, created_at);
CREATE INDEX items_of_order ON order_items (order_id);
-- Orders from the new app carry fractions of a second; some fall on midnight.
UPDATE orders SET created_at = '2025-03-14 23:59:59.500'
WHERE id IN (SELECT id FROM orders WHERE created_at >= '2025-03-15 06:00:00' ORDER BY created_at, id LIMIT 2);
UPDATE orders SET created_at = '2025-03-15 00:00:00'
WHERE id IN (SELECT id FROM orders WHERE created_at >= '2025-03-15 08:00:00' ORDER BY created_at, id LIMIT 3);
