CREATE VIRTUAL TABLE search USING fts5(title, tokenize = 'trigram');
INSERT INTO search (rowid, title) SELECT id, title FROM listings;
WITH found AS MATERIALIZED (SELECT rowid AS id FROM search WHERE title LIKE '%phone%')
SELECT l.id, l.title, l.price_cents
FROM found
CROSS JOIN listings AS l ON l.id = found.id
ORDER BY l.id;
