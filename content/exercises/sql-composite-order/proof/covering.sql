CREATE INDEX queue ON shipments (status, warehouse, due_at, order_id, parcels);
