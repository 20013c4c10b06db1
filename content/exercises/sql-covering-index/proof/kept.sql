CREATE INDEX sales ON order_items (product_id, quantity, price_cents);
