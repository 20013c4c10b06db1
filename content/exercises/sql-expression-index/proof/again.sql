CREATE INDEX users_email_2 ON users (email);
