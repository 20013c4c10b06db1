CREATE INDEX order_items_quantity ON order_items (quantity);
CREATE INDEX order_items_price_cents ON order_items (price_cents);
