CREATE UNIQUE INDEX CONCURRENTLY login ON users (lower(email)) INCLUDE (id, name);
ANALYZE users;
