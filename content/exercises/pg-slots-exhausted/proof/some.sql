-- Whoever has an open snapshot or transaction and does not run anything.
SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity AS a
WHERE xact_start IS NOT NULL AND state <> 'active' AND datname = current_database();
ALTER ROLE learner SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE learner SET lock_timeout = '5s';
