CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX items_of_order ON order_items (order_id);
