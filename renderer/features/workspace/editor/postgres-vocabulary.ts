/** Words of PostgreSQL 18 that the editor colours and offers. */

export const postgresKeywords =
  'ALL ALTER ANALYZE AND ANY AS ASC ATOMIC BEGIN BETWEEN BY CASCADE CASE CAST CHECK COALESCE COLLATE COLUMN COMMIT COMMITTED CONCURRENTLY CONFLICT CONSTRAINT COPY CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DEFERRED DELETE DESC DISTINCT DO DROP ELSE END EXCEPT EXCLUSIVE EXECUTE EXISTS EXPLAIN EXTENSION FALSE FETCH FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL FUNCTION GENERATED GRANT GROUP GROUPING HAVING IF ILIKE IN INCLUDE INDEX INNER INSERT INTERSECT INTERVAL INTO IS ISOLATION JOIN KEY LANGUAGE LAST LATERAL LEFT LEVEL LIKE LIMIT LISTEN LOCAL LOCK LOCKED MATERIALIZED MERGE MODE NATURAL NO NOT NOTHING NOTIFY NOWAIT NULL NULLS OFFSET ON ONLY OR ORDER OUTER OVER PARTITION POLICY PRECEDING PRIMARY PROCEDURE READ REFERENCES REINDEX RELEASE REPEATABLE RESET RESTRICT RETURNING RETURNS REVOKE RIGHT ROLE ROLLBACK ROW ROWS SAVEPOINT SELECT SERIALIZABLE SET SHARE SHOW SKIP START STATISTICS TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER TRUE TRUNCATE UNBOUNDED UNION UNIQUE UNLOGGED UPDATE USING VACUUM VALIDATE VALUES VIEW WHEN WHERE WINDOW WITH WITHIN WORK WRITE'.split(
    ' ',
  )

/** Name and signature. */
export const postgresFunctions: Readonly<Record<string, string>> = {
  array_agg: 'array_agg(value)',
  avg: 'avg(number)',
  clock_timestamp: 'clock_timestamp(): now, also within a transaction',
  coalesce: 'coalesce(value, ...): the first that is not NULL',
  count: 'count(*)',
  date_trunc: "date_trunc('hour', timestamp)",
  extract: 'extract(epoch FROM interval)',
  generate_series: 'generate_series(from, to, step)',
  json_agg: 'json_agg(value)',
  lag: 'lag(value) OVER (ORDER BY ...)',
  length: 'length(text)',
  lower: 'lower(text)',
  max: 'max(value)',
  min: 'min(value)',
  now: 'now(): when the transaction began',
  nullif: 'nullif(a, b)',
  percentile_cont: 'percentile_cont(0.99) WITHIN GROUP (ORDER BY value)',
  pg_advisory_xact_lock: 'pg_advisory_xact_lock(key): held to the end of the transaction',
  pg_backend_pid: 'pg_backend_pid(): number of this session',
  pg_blocking_pids: 'pg_blocking_pids(pid): sessions that it waits for',
  pg_sleep: 'pg_sleep(seconds)',
  pg_terminate_backend: 'pg_terminate_backend(pid): ends a session',
  pg_try_advisory_xact_lock: 'pg_try_advisory_xact_lock(key): true when it got it',
  random: 'random(): from 0 to 1',
  row_number: 'row_number() OVER (ORDER BY ...)',
  string_agg: "string_agg(text, ', ')",
  sum: 'sum(number)',
  upper: 'upper(text)',
}
