DROP INDEX order_items_product_id;
CREATE INDEX sales ON order_items (quantity, price_cents, product_id);
