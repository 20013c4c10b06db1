CREATE INDEX ON users (email);
ANALYZE users;
