ALTER ROLE learner SET lock_timeout = 200;
ALTER ROLE learner SET idle_in_transaction_session_timeout = 400;
ALTER ROLE learner SET statement_timeout = 1;
