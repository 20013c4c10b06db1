-- Plans on the shop data set (seed 1), copied row by row from SQLite into PostgreSQL with the same columns.
-- created_at is a timestamp here. Parallel workers are off so that each node prints one set of figures.
SET search_path = shop;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
\pset format unaligned
\pset tuples_only on
VACUUM ANALYZE users, orders, order_items;

\echo '### email lookup before'
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM users WHERE email = 'Tove.Yilmaz17777@Example.com';
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM users WHERE email = 'Tove.Yilmaz17777@Example.com';
CREATE INDEX users_email ON users (email);
\echo '### email lookup after'
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM users WHERE email = 'Tove.Yilmaz17777@Example.com';
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM users WHERE email = 'Tove.Yilmaz17777@Example.com';

\echo '### start-up and total cost'
EXPLAIN SELECT id, total_cents FROM orders ORDER BY total_cents DESC;
EXPLAIN SELECT id, total_cents FROM orders LIMIT 10;
EXPLAIN SELECT id, total_cents FROM orders ORDER BY total_cents DESC LIMIT 10;

\echo '### type mismatch on a primary key'
EXPLAIN (ANALYZE) SELECT status FROM orders WHERE id = 4242;
EXPLAIN (ANALYZE) SELECT status FROM orders WHERE id = 4242::numeric;

\echo '### one join, default settings'
CREATE INDEX orders_user ON orders (user_id);
ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT u.name, o.total_cents FROM users u JOIN orders o ON o.user_id = u.id WHERE u.country = 'KE';
EXPLAIN (ANALYZE, BUFFERS) SELECT u.name, o.total_cents FROM users u JOIN orders o ON o.user_id = u.id WHERE u.country = 'KE' AND u.created_at < '2022-07-01';

\echo '### the same join when random reads are cheap'
SET random_page_cost = 1.1;
EXPLAIN (ANALYZE, BUFFERS) SELECT u.name, o.total_cents FROM users u JOIN orders o ON o.user_id = u.id WHERE u.country = 'KE' AND u.created_at < '2022-07-01';
RESET random_page_cost;

\echo '### loops'
DROP INDEX orders_user;
EXPLAIN (ANALYZE, BUFFERS) SELECT o.id, (SELECT count(*) FROM order_items i WHERE i.order_id = o.id) FROM orders o WHERE o.user_id = 42;

\echo '### selectivity of the value'
CREATE INDEX orders_status ON orders (status);
ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT user_id FROM orders WHERE status = 'pending';
EXPLAIN (ANALYZE, BUFFERS) SELECT user_id FROM orders WHERE status = 'delivered';
DROP INDEX orders_status;

\echo '### offset and keyset'
EXPLAIN (ANALYZE, BUFFERS) SELECT id, total_cents FROM orders ORDER BY id LIMIT 10 OFFSET 100000;
EXPLAIN (ANALYZE, BUFFERS) SELECT id, total_cents FROM orders WHERE id > 100000 ORDER BY id LIMIT 10;
CREATE INDEX orders_created_id ON orders (created_at, id);
EXPLAIN (ANALYZE, BUFFERS) SELECT id, created_at FROM orders WHERE (created_at, id) > ('2025-01-05 18:20', 101123) ORDER BY created_at, id LIMIT 10;
EXPLAIN (ANALYZE, BUFFERS) SELECT id, created_at FROM orders WHERE created_at >= '2025-01-05 18:20' AND (created_at > '2025-01-05 18:20' OR id > 101123) ORDER BY created_at, id LIMIT 10;
DROP INDEX orders_created_id;

\echo '### index-only scan and the visibility map'
CREATE INDEX orders_user_total ON orders (user_id, total_cents);
VACUUM ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT sum(total_cents) FROM orders WHERE user_id = 132;
BEGIN;
UPDATE orders SET note = 'checked' WHERE user_id = 132;
EXPLAIN (ANALYZE, BUFFERS) SELECT sum(total_cents) FROM orders WHERE user_id = 132;
ROLLBACK;
DROP INDEX orders_user_total;
VACUUM orders;

\echo '### skip scan of PostgreSQL 18'
CREATE INDEX orders_status_day ON orders (status, created_at);
VACUUM ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM orders WHERE created_at >= '2025-12-29' AND created_at < '2025-12-30';
DROP INDEX orders_status_day;

\echo '### ANALYZE executes'
BEGIN;
SELECT count(*) FROM orders WHERE status = 'pending';
EXPLAIN (ANALYZE) DELETE FROM orders WHERE status = 'pending';
SELECT count(*) FROM orders WHERE status = 'pending';
ROLLBACK;
VACUUM ANALYZE orders;

\echo '### report: before and after four indexes'
VACUUM ANALYZE orders, order_items, users;
EXPLAIN (ANALYZE, BUFFERS) SELECT u.id, u.name, sum(o.total_cents) AS spent_cents, count(DISTINCT oi.product_id) AS products FROM users u JOIN orders o ON o.user_id = u.id JOIN order_items oi ON oi.order_id = o.id GROUP BY u.id HAVING sum(o.total_cents) > 5000000 ORDER BY spent_cents DESC;
CREATE INDEX orders_user ON orders (user_id);
CREATE INDEX items_order ON order_items (order_id);
CREATE INDEX orders_user_total ON orders (user_id, total_cents);
CREATE INDEX items_order_product ON order_items (order_id, product_id);
VACUUM ANALYZE orders, order_items;
EXPLAIN (ANALYZE, BUFFERS) SELECT u.id, u.name, sum(o.total_cents) AS spent_cents, count(DISTINCT oi.product_id) AS products FROM users u JOIN orders o ON o.user_id = u.id JOIN order_items oi ON oi.order_id = o.id GROUP BY u.id HAVING sum(o.total_cents) > 5000000 ORDER BY spent_cents DESC;
DROP INDEX orders_user, items_order, orders_user_total, items_order_product;

\echo '### report as written, with 64 MB of work_mem'
SET work_mem = '64MB';
EXPLAIN (ANALYZE, BUFFERS) SELECT u.id, u.name, sum(o.total_cents) AS spent_cents, count(DISTINCT oi.product_id) AS products FROM users u JOIN orders o ON o.user_id = u.id JOIN order_items oi ON oi.order_id = o.id GROUP BY u.id HAVING sum(o.total_cents) > 5000000 ORDER BY spent_cents DESC;
RESET work_mem;

\echo '### report: rewritten'
EXPLAIN (ANALYZE, BUFFERS) WITH spent AS (SELECT user_id, sum(total_cents) AS spent_cents FROM orders GROUP BY user_id HAVING sum(total_cents) > 5000000), bought AS (SELECT o.user_id, count(DISTINCT oi.product_id) AS products FROM spent s JOIN orders o ON o.user_id = s.user_id JOIN order_items oi ON oi.order_id = o.id GROUP BY o.user_id) SELECT u.id, u.name, s.spent_cents, b.products FROM spent s JOIN bought b USING (user_id) JOIN users u ON u.id = s.user_id ORDER BY s.spent_cents DESC;
DROP INDEX users_email;

\echo '### the same lookup on 1,000 rows'
CREATE TABLE few AS SELECT * FROM users WHERE id BETWEEN 17000 AND 17999;
VACUUM ANALYZE few;
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM few WHERE email = 'Tove.Yilmaz17777@Example.com';
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM few WHERE email = 'Tove.Yilmaz17777@Example.com';
CREATE INDEX few_email ON few (email);
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM few WHERE email = 'Tove.Yilmaz17777@Example.com';
EXPLAIN (ANALYZE, BUFFERS) SELECT id, name FROM few WHERE email = 'Tove.Yilmaz17777@Example.com';
DROP TABLE few;
