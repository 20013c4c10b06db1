BEGIN;
SELECT id AS job FROM jobs WHERE worker IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED \gset
UPDATE jobs SET worker = :worker WHERE id = :job;
COMMIT;
