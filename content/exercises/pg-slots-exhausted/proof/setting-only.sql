ALTER ROLE learner SET idle_in_transaction_session_timeout = '1s';
SELECT pg_sleep(1.5);
