CREATE INDEX listings_title ON listings (title COLLATE NOCASE);
SELECT id, title, price_cents FROM listings WHERE title LIKE 'phone%' ORDER BY id;
