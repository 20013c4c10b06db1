SELECT u.id, u.name, count(o.id), sum(o.total_cents), max(o.created_at)
FROM users AS u
LEFT JOIN orders AS o ON o.user_id = u.id AND o.status <> 'cancelled'
WHERE u.country = 'SE' AND u.created_at >= '2023-12-01'
GROUP BY u.id, u.name
ORDER BY u.id;
