CREATE INDEX login ON users (lower(email), name);
