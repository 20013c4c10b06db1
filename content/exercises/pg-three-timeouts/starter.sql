-- For every session that the role learner opens from now on:
ALTER ROLE learner SET statement_timeout = '600ms';
