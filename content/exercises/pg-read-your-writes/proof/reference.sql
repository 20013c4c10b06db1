\connect primary
INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
SELECT pg_current_wal_insert_lsn() AS token \gset

\sleep :think ms
\connect standby
SELECT pg_last_wal_replay_lsn() >= :'token'::pg_lsn AS fresh \gset
\if :fresh
\else
  \connect primary
\endif
SELECT count(*) FROM orders WHERE customer_id = :customer;
