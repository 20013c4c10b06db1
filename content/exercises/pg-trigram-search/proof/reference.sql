CREATE INDEX ON listings USING gin (title gin_trgm_ops);
