ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = 60000;
SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
WHERE application_name = 'cart-worker' AND datname = current_database();
