CREATE INDEX listing_search ON listings USING gin ((price_cents::text) gin_trgm_ops, title gin_trgm_ops);
