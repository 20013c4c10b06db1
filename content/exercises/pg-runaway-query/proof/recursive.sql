WITH RECURSIVE chain AS (
  SELECT pid, unnest(pg_blocking_pids(pid)) AS blocker FROM pg_stat_activity WHERE application_name = 'checkout' AND datname = current_database()
  UNION
  SELECT blocker, unnest(pg_blocking_pids(blocker)) FROM chain
)
SELECT pg_terminate_backend(root) FROM (SELECT blocker AS root FROM chain EXCEPT SELECT pid FROM chain) AS roots;
