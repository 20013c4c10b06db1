ALTER ROLE learner SET statement_timeout = '600ms';
