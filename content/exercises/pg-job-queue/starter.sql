-- How a worker takes its next job. Parameter: :worker.
BEGIN;
UPDATE jobs SET worker = :worker WHERE id = (SELECT id FROM jobs WHERE worker IS NULL ORDER BY id LIMIT 1 FOR UPDATE);
COMMIT;
