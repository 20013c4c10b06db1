CREATE INDEX ON orders (total_cents);
