CREATE INDEX ON listings USING gin (lower(title) gin_trgm_ops);
