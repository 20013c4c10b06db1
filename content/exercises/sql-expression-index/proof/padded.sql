CREATE INDEX users_email_clean ON users (trim(lower(email)));
