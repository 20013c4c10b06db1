CREATE INDEX shipments_status_warehouse_due_at ON shipments (status, warehouse, due_at);
