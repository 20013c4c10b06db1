DROP INDEX orders_created_at;
DROP INDEX orders_status;
DROP INDEX orders_total_cents;
DROP INDEX orders_status_total_cents;
CREATE TABLE daily_sales AS
SELECT date(created_at) AS day, status, count(*) AS orders, sum(total_cents) AS total_cents
FROM orders
GROUP BY day, status;
SELECT substr(day, 1, 7) AS month, status, sum(orders) AS orders, sum(total_cents) AS total_cents
FROM daily_sales
GROUP BY month, status
HAVING sum(total_cents) > 10000000
ORDER BY month, status;
