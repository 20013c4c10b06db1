CREATE INDEX listings_title ON listings (title);
SELECT id, title, price_cents FROM listings WHERE title LIKE '%phone%' ORDER BY id;
