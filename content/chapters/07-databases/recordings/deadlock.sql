-- Two orders reserve the same two products in opposite order.
-- setup
DROP TABLE IF EXISTS stock;
CREATE TABLE stock (sku text PRIMARY KEY, units integer NOT NULL);
INSERT INTO stock VALUES ('desk', 8), ('lamp', 8);
-- title: opposite order
-- A
BEGIN;
UPDATE stock SET units = units - 1 WHERE sku = 'desk';
-- B
BEGIN;
UPDATE stock SET units = units - 1 WHERE sku = 'lamp';
-- A
UPDATE stock SET units = units - 1 WHERE sku = 'lamp';
-- monitor
SELECT left(query, 24) AS query, state, wait_event_type, wait_event, cardinality(pg_blocking_pids(pid)) AS blockers FROM pg_stat_activity WHERE application_name IN ('A', 'B') ORDER BY application_name;
-- B
\timing on
UPDATE stock SET units = units - 1 WHERE sku = 'desk';
\timing off
SELECT 1;
ROLLBACK;
-- A
COMMIT;
SELECT * FROM stock ORDER BY sku;
-- title: both take desk first
-- setup
UPDATE stock SET units = 8;
-- A
BEGIN;
SELECT sku, units FROM stock WHERE sku IN ('lamp', 'desk') ORDER BY sku FOR UPDATE;
-- B
BEGIN;
SELECT sku, units FROM stock WHERE sku IN ('desk', 'lamp') ORDER BY sku FOR UPDATE;
-- A
UPDATE stock SET units = units - 1 WHERE sku IN ('lamp', 'desk');
COMMIT;
-- B
UPDATE stock SET units = units - 1 WHERE sku IN ('lamp', 'desk');
COMMIT;
SELECT * FROM stock ORDER BY sku;
