CREATE UNIQUE INDEX one_account ON users (upper(email));
CREATE INDEX login ON users (lower(email));
ANALYZE users;
