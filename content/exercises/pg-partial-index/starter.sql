-- One CREATE INDEX of at most 100 KB.
CREATE INDEX orders_status ON orders (status);
