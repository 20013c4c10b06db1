CREATE INDEX packing ON shipments (warehouse, status, due_at);
CREATE INDEX counter ON shipments (status, warehouse);
