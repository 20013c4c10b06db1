ALTER TABLE users ADD COLUMN email_key text GENERATED ALWAYS AS (lower(email)) STORED;
CREATE UNIQUE INDEX ON users (email_key);
