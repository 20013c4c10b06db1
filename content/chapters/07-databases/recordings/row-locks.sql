-- Who waits for a row lock, and how long a row lock lives.
-- setup
DROP TABLE IF EXISTS stock;
CREATE TABLE stock (sku text PRIMARY KEY, units integer NOT NULL);
INSERT INTO stock VALUES ('lamp', 1);
-- title: a plain read beside an uncommitted write
-- A
BEGIN;
UPDATE stock SET units = 0 WHERE sku = 'lamp';
-- B
SELECT units FROM stock WHERE sku = 'lamp';
-- A
ROLLBACK;
-- title: FOR UPDATE in autocommit
-- A
SELECT units FROM stock WHERE sku = 'lamp' FOR UPDATE;
-- B
SELECT units FROM stock WHERE sku = 'lamp' FOR UPDATE;
-- A
UPDATE stock SET units = 0 WHERE sku = 'lamp';
-- B
UPDATE stock SET units = 0 WHERE sku = 'lamp';
-- setup
UPDATE stock SET units = 1;
-- title: FOR UPDATE inside a transaction
-- A
BEGIN;
SELECT units FROM stock WHERE sku = 'lamp' FOR UPDATE;
-- B
BEGIN;
SELECT units FROM stock WHERE sku = 'lamp' FOR UPDATE;
-- A
UPDATE stock SET units = 0 WHERE sku = 'lamp';
COMMIT;
-- B
ROLLBACK;
-- setup
UPDATE stock SET units = 1;
-- title: a guarded update, no explicit lock
-- A
BEGIN;
UPDATE stock SET units = units - 1 WHERE sku = 'lamp' AND units > 0;
-- B
UPDATE stock SET units = units - 1 WHERE sku = 'lamp' AND units > 0;
-- A
COMMIT;
-- title: CREATE INDEX and a writer
-- A
BEGIN;
CREATE INDEX stock_units ON stock (units);
-- B
SET lock_timeout = '500ms';
UPDATE stock SET units = 5 WHERE sku = 'lamp';
SELECT units FROM stock WHERE sku = 'lamp';
-- A
ROLLBACK;
