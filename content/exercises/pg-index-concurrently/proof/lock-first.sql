BEGIN;
LOCK TABLE orders IN SHARE MODE;
CREATE INDEX ON orders (status, created_at);
COMMIT;
