INSERT INTO orders (customer_id, total_cents) VALUES (:customer, 4200);
\sleep :think ms
\connect standby
SELECT now() - pg_last_xact_replay_timestamp() < interval '10 s' AS fresh \gset
\if :fresh
\else
\connect primary
\endif
SELECT count(*) FROM orders WHERE customer_id = :customer;
