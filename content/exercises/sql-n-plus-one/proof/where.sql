SELECT u.id, u.name, count(o.id), coalesce(sum(o.total_cents), 0), max(o.created_at)
FROM users AS u
LEFT JOIN orders AS o ON o.user_id = u.id
WHERE u.country = 'SE' AND u.created_at >= '2023-12-01' AND o.status <> 'cancelled'
GROUP BY u.id, u.name
ORDER BY u.id;
