-- A left-over of an earlier try would be in the way.
DROP INDEX CONCURRENTLY IF EXISTS orders_report;
CREATE INDEX CONCURRENTLY orders_report ON orders (status, created_at) INCLUDE (customer_id);
