-- Two clerks correct the stock of one product: a delivery of 10 and a breakage of 5. Correct result: 105.
-- setup
DROP TABLE IF EXISTS stock;
CREATE TABLE stock (sku text PRIMARY KEY, units integer NOT NULL);
INSERT INTO stock VALUES ('lamp', 100);
-- title: read, compute, write at READ COMMITTED
-- A
BEGIN;
SELECT units FROM stock WHERE sku = 'lamp';
-- B
BEGIN;
SELECT units FROM stock WHERE sku = 'lamp';
-- A
UPDATE stock SET units = 110 WHERE sku = 'lamp';
COMMIT;
-- B
UPDATE stock SET units = 95 WHERE sku = 'lamp';
COMMIT;
SELECT units FROM stock WHERE sku = 'lamp';
-- setup
UPDATE stock SET units = 100;
-- title: the same at REPEATABLE READ
-- A
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT units FROM stock WHERE sku = 'lamp';
-- B
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT units FROM stock WHERE sku = 'lamp';
-- A
UPDATE stock SET units = 110 WHERE sku = 'lamp';
COMMIT;
-- B
UPDATE stock SET units = 95 WHERE sku = 'lamp';
ROLLBACK;
SELECT units FROM stock WHERE sku = 'lamp';
-- setup
UPDATE stock SET units = 100;
-- title: one statement that computes in the database, READ COMMITTED
-- A
BEGIN;
UPDATE stock SET units = units + 10 WHERE sku = 'lamp';
-- B
UPDATE stock SET units = units - 5 WHERE sku = 'lamp';
-- A
COMMIT;
-- B
SELECT units FROM stock WHERE sku = 'lamp';
