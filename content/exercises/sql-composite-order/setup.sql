CREATE TABLE shipments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  warehouse TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at TEXT NOT NULL,
  parcels INTEGER NOT NULL
);
INSERT INTO shipments (order_id, warehouse, status, due_at, parcels)
SELECT
  id,
  CASE user_id % 5 WHEN 0 THEN 'BER' WHEN 1 THEN 'HAM' WHEN 2 THEN 'LYO' WHEN 3 THEN 'ROT' ELSE 'LEI' END,
  CASE WHEN status IN ('pending', 'paid') THEN 'waiting' WHEN status = 'refunded' THEN 'returned' ELSE 'sent' END,
  datetime(created_at, '+2 days'),
  1 + total_cents % 3
FROM orders
WHERE status <> 'cancelled';
