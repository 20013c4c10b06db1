SET statement_timeout = '600ms';
SET lock_timeout = '200ms';
SET idle_in_transaction_session_timeout = '400ms';
