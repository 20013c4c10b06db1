-- Two cures for write skew that are often proposed; the first holds, the second does not.
-- setup
DROP TABLE IF EXISTS roster;
CREATE TABLE roster (engineer text PRIMARY KEY, on_call boolean NOT NULL);
INSERT INTO roster VALUES ('ada', true), ('bo', true);
-- title: lock what you decide on
-- A
BEGIN;
SELECT engineer FROM roster WHERE on_call ORDER BY engineer FOR UPDATE;
-- B
BEGIN;
SELECT engineer FROM roster WHERE on_call ORDER BY engineer FOR UPDATE;
-- A
UPDATE roster SET on_call = false WHERE engineer = 'ada';
COMMIT;
-- B
ROLLBACK;
-- setup
UPDATE roster SET on_call = true;
-- title: subquery guard
-- A
BEGIN;
UPDATE roster SET on_call = false WHERE engineer = 'ada' AND (SELECT count(*) FROM roster WHERE on_call) > 1;
-- B
BEGIN;
UPDATE roster SET on_call = false WHERE engineer = 'bo' AND (SELECT count(*) FROM roster WHERE on_call) > 1;
COMMIT;
-- A
COMMIT;
SELECT * FROM roster;
