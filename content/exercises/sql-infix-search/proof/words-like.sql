CREATE VIRTUAL TABLE listing_search USING fts5(title, content='listings', content_rowid='id');
INSERT INTO listing_search (listing_search) VALUES ('rebuild');
SELECT l.id, l.title, l.price_cents
FROM listing_search AS s
JOIN listings AS l ON l.id = s.rowid
WHERE s.title LIKE '%phone%'
ORDER BY l.id;
