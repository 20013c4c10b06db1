CREATE UNIQUE INDEX ON users (upper(email));
