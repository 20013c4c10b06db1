CREATE INDEX queue ON shipments (status, warehouse);
