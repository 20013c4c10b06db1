CREATE INDEX ON orders (customer_id) WHERE created_at >= timestamptz '2025-06-01 00:00+00';
