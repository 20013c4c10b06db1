UPDATE jobs SET worker = :worker
WHERE id = (SELECT id FROM jobs WHERE worker IS NULL ORDER BY md5(id::text) LIMIT 1 FOR UPDATE SKIP LOCKED);
