CREATE VIRTUAL TABLE listing_search USING fts5(title, content='listings', content_rowid='id');
INSERT INTO listing_search (listing_search) VALUES ('rebuild');
SELECT id, title, price_cents
FROM listings
WHERE id IN (SELECT rowid FROM listing_search WHERE title LIKE '%phone%')
ORDER BY id;
