CREATE INDEX ON listings USING gin (to_tsvector('simple', title));
