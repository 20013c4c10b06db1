-- Make an index that finds pieces of words, then write the search as your last query.
SELECT id, title, price_cents
FROM listings
WHERE title LIKE '%phone%'
ORDER BY id;
