CREATE INDEX users_email_upper ON users (upper(email));
