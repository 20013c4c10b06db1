CREATE INDEX queue ON shipments (status, due_at, warehouse);
