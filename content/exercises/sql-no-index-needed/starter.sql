SELECT strftime('%Y-%m', created_at) AS month, status, count(*) AS orders, sum(total_cents) AS total_cents
FROM orders
GROUP BY month, status
HAVING sum(total_cents) > 10000000
ORDER BY month, status;
