CREATE INDEX ON orders USING brin (customer_id);
