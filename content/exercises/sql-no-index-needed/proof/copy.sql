DROP INDEX orders_created_at;
DROP INDEX orders_status;
DROP INDEX orders_total_cents;
DROP INDEX orders_status_total_cents;
CREATE TABLE report_orders AS SELECT created_at, status, total_cents FROM orders;
SELECT strftime('%Y-%m', created_at) AS month, status, count(*) AS orders, sum(total_cents) AS total_cents
FROM report_orders
GROUP BY month, status
HAVING sum(total_cents) > 10000000
ORDER BY month, status;
