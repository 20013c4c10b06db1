ALTER ROLE learner SET statement_timeout = '600ms';
ALTER ROLE learner SET idle_session_timeout = '10s';
