-- What a second read in the same transaction sees, level by level.
-- setup
DROP TABLE IF EXISTS stock;
CREATE TABLE stock (sku text PRIMARY KEY, units integer NOT NULL);
INSERT INTO stock VALUES ('desk', 8), ('lamp', 8);
-- title: READ UNCOMMITTED in PostgreSQL
-- A
BEGIN ISOLATION LEVEL READ UNCOMMITTED;
-- B
BEGIN;
UPDATE stock SET units = 0 WHERE sku = 'lamp';
-- A
SELECT units FROM stock WHERE sku = 'lamp';
-- B
ROLLBACK;
-- A
COMMIT;
-- title: READ COMMITTED
-- A
BEGIN;
SELECT count(*), sum(units) FROM stock;
-- B
BEGIN;
UPDATE stock SET units = 3 WHERE sku = 'lamp';
INSERT INTO stock VALUES ('sofa', 2);
COMMIT;
-- A
SELECT count(*), sum(units) FROM stock;
COMMIT;
-- title: REPEATABLE READ
-- setup
DELETE FROM stock WHERE sku = 'sofa';
UPDATE stock SET units = 8;
-- A
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*), sum(units) FROM stock;
-- B
BEGIN;
UPDATE stock SET units = 3 WHERE sku = 'lamp';
INSERT INTO stock VALUES ('sofa', 2);
COMMIT;
-- A
SELECT count(*), sum(units) FROM stock;
COMMIT;
