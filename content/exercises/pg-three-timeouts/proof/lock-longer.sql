ALTER ROLE learner SET statement_timeout = '600ms';
ALTER ROLE learner SET lock_timeout = '2s';
ALTER ROLE learner SET idle_in_transaction_session_timeout = '400ms';
