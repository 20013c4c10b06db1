SELECT pg_cancel_backend(pid) FROM pg_stat_activity
WHERE application_name = 'billing' AND datname = current_database();
