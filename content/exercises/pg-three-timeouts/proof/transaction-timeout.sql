-- A bound on the whole transaction ends the idle one too, and its session with it.
ALTER ROLE learner SET transaction_timeout = '450ms';
ALTER ROLE learner SET statement_timeout = '420ms';
ALTER ROLE learner SET lock_timeout = '150ms';
