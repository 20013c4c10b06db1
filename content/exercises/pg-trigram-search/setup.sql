-- 100,000 listings whose titles end with a code of the seller.
CREATE TABLE listings (id int PRIMARY KEY, title text NOT NULL, price_cents int NOT NULL);
INSERT INTO listings
SELECT n,
  (ARRAY['Red', 'Blue', 'Quiet', 'Small', 'Heavy', 'Folding', 'Wireless', 'Used'])[1 + n % 8] || ' '
    || (ARRAY['kettle', 'lamp', 'saxophone case', 'mat', 'chair', 'notebook', 'tripod', 'cable', 'bottle', 'jacket',
      'phone stand', 'headphones', 'clock', 'brush', 'Microphone', 'desk', 'pillow', 'ladder', 'scarf', 'towel'])[1 + (n::bigint * 7919 + :seed) % 20]
    || ' ' || md5((n + :seed)::text),
  500 + (n::bigint * 104729) % 20000
FROM generate_series(1, 100000) AS n;
ANALYZE listings;
