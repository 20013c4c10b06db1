CREATE INDEX queue ON shipments (warehouse, status, due_at);
