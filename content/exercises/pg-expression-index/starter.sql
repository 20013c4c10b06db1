-- The login runs: SELECT id, name FROM users WHERE lower(email) = lower($1)
CREATE INDEX users_email ON users (email);
