SELECT pg_terminate_backend(blocker)
FROM (SELECT DISTINCT unnest(pg_blocking_pids(pid)) AS blocker FROM pg_stat_activity WHERE datname = current_database()) AS blockers;
