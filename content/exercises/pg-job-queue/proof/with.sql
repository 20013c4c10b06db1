BEGIN;
WITH next AS MATERIALIZED (SELECT id FROM jobs WHERE worker IS NULL ORDER BY id FOR NO KEY UPDATE SKIP LOCKED LIMIT 1)
UPDATE jobs SET worker = :worker FROM next WHERE jobs.id = next.id RETURNING jobs.id, jobs.payload;
COMMIT;
