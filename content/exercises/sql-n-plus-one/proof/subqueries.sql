SELECT
  u.id,
  u.name,
  (SELECT count(*) FROM orders AS o WHERE o.user_id = u.id AND o.status <> 'cancelled') AS orders,
  (SELECT coalesce(sum(o.total_cents), 0) FROM orders AS o WHERE o.user_id = u.id AND o.status <> 'cancelled'),
  (SELECT max(o.created_at) FROM orders AS o WHERE o.user_id = u.id AND o.status <> 'cancelled')
FROM users AS u
WHERE u.country = 'SE' AND u.created_at >= '2023-12-01'
ORDER BY u.id;
