CREATE TABLE titles AS SELECT id, title FROM listings;
SELECT id, title, price_cents
FROM listings
WHERE id IN (SELECT id FROM titles WHERE title LIKE '%phone%')
ORDER BY id;
