CREATE INDEX order_items_product_sales ON order_items (product_id, quantity, price_cents);
DROP INDEX order_items_product_id;
