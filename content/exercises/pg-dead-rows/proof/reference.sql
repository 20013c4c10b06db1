SELECT pg_terminate_backend(pid, 2000)
FROM pg_stat_activity
WHERE datname = current_database() AND state = 'idle in transaction' AND backend_xmin IS NOT NULL AND backend_xid IS NULL;

VACUUM carts;
