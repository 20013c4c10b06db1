CREATE VIRTUAL TABLE pieces USING fts5(title, content='listings', content_rowid='id', tokenize='trigram');
INSERT INTO pieces (rowid, title) SELECT id, title FROM listings;
SELECT l.id, l.title, l.price_cents
FROM pieces AS p
JOIN listings AS l ON l.id = p.rowid
WHERE pieces MATCH 'phone'
ORDER BY l.id;
