-- Two engineers on call; each may leave if another one stays. Rule: at least one remains.
-- setup
DROP TABLE IF EXISTS roster;
CREATE TABLE roster (engineer text PRIMARY KEY, on_call boolean NOT NULL);
INSERT INTO roster VALUES ('ada', true), ('bo', true);
-- title: at REPEATABLE READ
-- A
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM roster WHERE on_call;
-- B
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM roster WHERE on_call;
-- A
UPDATE roster SET on_call = false WHERE engineer = 'ada';
COMMIT;
-- B
UPDATE roster SET on_call = false WHERE engineer = 'bo';
COMMIT;
SELECT count(*) FROM roster WHERE on_call;
-- setup
UPDATE roster SET on_call = true;
-- title: at SERIALIZABLE
-- A
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(*) FROM roster WHERE on_call;
-- B
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(*) FROM roster WHERE on_call;
-- A
UPDATE roster SET on_call = false WHERE engineer = 'ada';
COMMIT;
-- B
UPDATE roster SET on_call = false WHERE engineer = 'bo';
ROLLBACK;
SELECT count(*) FROM roster WHERE on_call;
-- setup
UPDATE roster SET on_call = true;
-- title: SERIALIZABLE, both write before either commits
-- A
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(*) FROM roster WHERE on_call;
-- B
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(*) FROM roster WHERE on_call;
UPDATE roster SET on_call = false WHERE engineer = 'bo';
-- A
UPDATE roster SET on_call = false WHERE engineer = 'ada';
COMMIT;
-- B
COMMIT;
