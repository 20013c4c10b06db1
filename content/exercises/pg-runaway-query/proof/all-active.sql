SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND query_start < now() AND pid <> pg_backend_pid();
