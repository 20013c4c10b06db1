BEGIN;
CREATE INDEX CONCURRENTLY ON orders (status, created_at);
COMMIT;
