-- What the application does:
--
--   customers = query("SELECT id, name FROM users
--                      WHERE country = 'SE' AND created_at >= '2023-12-01' ORDER BY id")
--   for (customer of customers) {
--     row = query("SELECT count(*), sum(total_cents), max(created_at) FROM orders
--                  WHERE user_id = ? AND status <> 'cancelled'", customer.id)
--     print(customer.id, customer.name, row.count, row.sum ?? 0, row.max ?? null)
--   }
--
-- One query with the columns id, name, orders, total_cents, last_order_at:
SELECT id, name
FROM users
WHERE country = 'SE' AND created_at >= '2023-12-01'
ORDER BY id;
