-- The pages of a primary key's B-tree, and what indexes cost on write. Needs the extension pageinspect.
SET search_path = shop, public;
CREATE EXTENSION IF NOT EXISTS pageinspect;
\pset pager off

\echo '### the path to order 4242: root, inner page, leaf, row'
SELECT root, level FROM bt_metap('orders_pkey') \gset
SELECT :root AS root_block, :level AS levels_below_root;
SELECT ctid AS child, data FROM bt_page_items('orders_pkey', :root);
SELECT type, count(*) AS pages, round(avg(live_items)) AS items
FROM generate_series(1, (SELECT relpages - 1 FROM pg_class WHERE relname = 'orders_pkey')) AS block,
     LATERAL bt_page_stats('orders_pkey', block) GROUP BY type ORDER BY type;
SELECT ctid AS child, data FROM bt_page_items('orders_pkey', 3) WHERE itemoffset BETWEEN 13 AND 14;
SELECT ctid AS row_at, data FROM bt_page_items('orders_pkey', 13) WHERE data LIKE '92 10%';
EXPLAIN (ANALYZE, BUFFERS) SELECT status FROM orders WHERE id = 4242;

\echo '### loading 200,000 rows with 0, 1 and 5 indexes'
CREATE TABLE load_test (LIKE orders);
\timing on
INSERT INTO load_test SELECT * FROM orders;
TRUNCATE load_test;
CREATE INDEX ON load_test (user_id);
INSERT INTO load_test SELECT * FROM orders;
TRUNCATE load_test;
CREATE INDEX ON load_test (status);
CREATE INDEX ON load_test (created_at);
CREATE INDEX ON load_test (total_cents);
CREATE INDEX ON load_test (user_id, created_at);
INSERT INTO load_test SELECT * FROM orders;
\timing off
DROP TABLE load_test;
