-- Found by looking: it is idle in transaction and holds a row.
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE application_name = 'billing' AND state = 'idle in transaction' AND datname = current_database();
