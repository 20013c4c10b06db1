CREATE INDEX users_email_nocase ON users (email COLLATE NOCASE);
