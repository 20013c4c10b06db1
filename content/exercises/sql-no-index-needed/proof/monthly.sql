DROP INDEX orders_created_at;
DROP INDEX orders_status;
DROP INDEX orders_total_cents;
DROP INDEX orders_status_total_cents;
CREATE TABLE monthly_sales AS
SELECT strftime('%Y-%m', created_at) AS month, status, count(*) AS orders, sum(total_cents) AS total_cents
FROM orders
GROUP BY month, status;
SELECT month, status, orders, total_cents FROM monthly_sales WHERE total_cents > 10000000 ORDER BY month, status;
