SELECT pg_terminate_backend(pid, 2000)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
ORDER BY age(backend_xmin) DESC
LIMIT 1;
VACUUM;
