ALTER ROLE CURRENT_USER SET lock_timeout = 100;
ALTER ROLE CURRENT_USER SET statement_timeout = 750;
ALTER ROLE CURRENT_USER SET idle_in_transaction_session_timeout = 300;
