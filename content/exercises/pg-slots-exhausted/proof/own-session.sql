SET idle_in_transaction_session_timeout = '30s';
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE state = 'idle in transaction' AND datname = current_database();
