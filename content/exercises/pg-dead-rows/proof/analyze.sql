SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE application_name = 'dashboard' AND datname = current_database();
ANALYZE carts;
