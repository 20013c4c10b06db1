CREATE UNIQUE INDEX users_email_key_lower ON users (lower(email) text_pattern_ops);
