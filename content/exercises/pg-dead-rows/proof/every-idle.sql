SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE state = 'idle in transaction' AND datname = current_database();
VACUUM carts;
