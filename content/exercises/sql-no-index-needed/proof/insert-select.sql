CREATE TABLE sums (
  month TEXT NOT NULL,
  status TEXT NOT NULL,
  orders INTEGER NOT NULL,
  total_cents INTEGER NOT NULL,
  PRIMARY KEY (month, status)
) WITHOUT ROWID;
INSERT INTO sums SELECT substr(created_at, 1, 7), status, count(*), sum(total_cents) FROM orders GROUP BY 1, 2;
DROP INDEX orders_status_total_cents;
DROP INDEX orders_total_cents;
DROP INDEX orders_status;
DROP INDEX orders_created_at;
SELECT month, status, orders, total_cents FROM sums WHERE total_cents > 10000000 ORDER BY month, status;
