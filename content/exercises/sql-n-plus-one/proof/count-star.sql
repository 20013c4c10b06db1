SELECT u.id, u.name, count(*), coalesce(sum(o.total_cents), 0), max(o.created_at)
FROM users AS u
LEFT JOIN orders AS o ON o.user_id = u.id AND o.status <> 'cancelled'
WHERE u.country = 'SE' AND u.created_at >= '2023-12-01'
GROUP BY u.id, u.name
ORDER BY u.id;
