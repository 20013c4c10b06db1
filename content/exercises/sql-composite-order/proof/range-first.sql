CREATE INDEX queue ON shipments (due_at, status, warehouse);
