SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE state = 'idle' AND datname = current_database();
ALTER ROLE learner SET idle_in_transaction_session_timeout = '30s';
