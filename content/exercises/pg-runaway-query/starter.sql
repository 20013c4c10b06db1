-- Look first, then end what has to be ended.
SELECT pid, application_name, state, wait_event_type, pg_blocking_pids(pid) AS waits_for
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend';
