BEGIN;
INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
COMMIT;
SELECT pg_current_wal_lsn() AS lsn \gset
\sleep :think ms
\c standby
SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), :lsn) >= 0 AS has_it \gset
\if :has_it
SELECT count(*) FROM orders WHERE customer_id = :customer;
\else
\c primary
SELECT count(*) FROM orders WHERE customer_id = :customer;
\endif
