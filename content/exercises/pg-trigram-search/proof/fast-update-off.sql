CREATE INDEX listing_search ON listings USING gin (title gin_trgm_ops) WITH (fastupdate = off) WHERE title IS NOT NULL;
