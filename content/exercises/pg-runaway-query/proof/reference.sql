SELECT pid, pg_terminate_backend(pid, 2000)
FROM (
  SELECT root.pid
  FROM pg_stat_activity AS root
  WHERE root.datname = current_database()
    AND root.pid <> pg_backend_pid()
    AND cardinality(pg_blocking_pids(root.pid)) = 0
    AND EXISTS (SELECT FROM pg_stat_activity AS waiting WHERE root.pid = ANY (pg_blocking_pids(waiting.pid)))
  ORDER BY root.xact_start
  LIMIT 1
) AS oldest_root;
