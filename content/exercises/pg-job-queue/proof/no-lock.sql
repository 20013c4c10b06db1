BEGIN;
UPDATE jobs SET worker = :worker WHERE id = (SELECT min(id) FROM jobs WHERE worker IS NULL);
COMMIT;
