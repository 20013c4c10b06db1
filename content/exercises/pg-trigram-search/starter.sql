-- One CREATE INDEX for: WHERE title ILIKE '%ab12%'
CREATE INDEX ON listings (title);
