ALTER ROLE learner SET statement_timeout = '30s';
