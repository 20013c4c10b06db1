CREATE INDEX ON listings USING gist (title gist_trgm_ops);
