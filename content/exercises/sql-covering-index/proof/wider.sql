DROP INDEX order_items_product_id;
CREATE INDEX sales ON order_items (product_id, order_id, quantity, price_cents);
