-- Look first. You have the last slot.
SELECT application_name, state, count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
GROUP BY 1, 2;
