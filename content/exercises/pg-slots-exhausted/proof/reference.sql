SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database()
  AND state = 'idle in transaction'
  AND pid <> pg_backend_pid();

ALTER ROLE learner SET idle_in_transaction_session_timeout = '30s';
