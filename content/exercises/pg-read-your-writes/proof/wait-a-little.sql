INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
SELECT pg_current_wal_insert_lsn() AS token \gset
\sleep :think ms
\connect standby
SELECT count(*) FROM generate_series(1, 10) WHERE pg_last_wal_replay_lsn() < :token AND pg_sleep(0.05) IS NOT NULL;
SELECT pg_last_wal_replay_lsn() < :token AS late \gset
\if :late
\connect primary
\endif
SELECT count(*) FROM orders WHERE customer_id = :customer;
