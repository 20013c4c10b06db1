-- title: A web shop: users, products, orders and their items
--
-- Parameters: `:seed` (integer from 0, decides every value) and `:scale` (integer 1..100, per cent of the full size).
-- Rows at scale 100: users 20,000, products 5,000, orders 200,000, order_items about 500,000. Primary keys only: there
-- is no secondary index and no ANALYZE statistic, so that every exercise starts from the same plans.
--
--   users        id           1..20000
--                name         'Ada Berg'; names repeat
--                email        unique also when case is ignored; mixed case ('Ada.Berg17@Example.com', 'ada.berg18@...')
--                country      two letters, 12 of them, skewed: DE 25 %, US 20 % ... NZ 2 %
--                created_at   'YYYY-MM-DD HH:MM:SS', 2022-01-01 .. 2023-12-31, rising with id
--   products     id           1..5000
--                sku          'KIT-00017', unique; the prefix is the category
--                name         'Blue steel kettle 17'
--                category     kitchen, garden, office, sports, toys, books, audio, travel (even)
--                price_cents  300..20299
--                stock        0..199; about 6 % are 0
--                version      1
--   orders       id           1..200000
--                user_id      skewed: the busiest user has about 1,500 orders, some 60 have over 100, 15 % have none
--                status       pending 2 %, paid 8 %, shipped 10 %, delivered 70 %, cancelled 6 %, refunded 4 %; pending
--                             ones are spread over the whole time
--                created_at   2024-01-01 .. 2025-12-30, to the minute, rising with id but for a jitter of two days;
--                             several orders share a minute
--                total_cents  the sum of quantity * price_cents of its items
--                note         NULL for 90 %; else a sentence of a customer
--   order_items  id           1..n, in the order of order_id
--                order_id     1 to 5 items an order, 2.5 on average
--                product_id   skewed: the best seller is in about 8,000 items, some 9 % of products in none
--                quantity     1..3
--                price_cents  the product's price, a tenth off for one item in eight
--
-- Pseudo-random values come from squares modulo the prime 2^31 - 1, in 64-bit integers only, so that every machine
-- makes the same bytes. Each column takes its own stream: h(row, stream) squares `row * 48271 + seed * 69621 + stream`
-- after a reduction. `<< 16` and floats are avoided: SQLite turns an overflowing product into a real number.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  country TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  price_cents INTEGER NOT NULL,
  stock INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  total_cents INTEGER NOT NULL,
  note TEXT
);
CREATE TABLE order_items (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL,
  price_cents INTEGER NOT NULL
);

CREATE TEMP TABLE words (kind TEXT, n INTEGER, word TEXT, PRIMARY KEY (kind, n)) WITHOUT ROWID;
INSERT INTO words
SELECT 'first', key, value FROM json_each('["Ada","Bo","Chen","Dana","Elif","Femi","Grace","Hugo","Ines","Jonas","Kofi","Lena","Mei","Noor","Olga","Pavel","Quinn","Rosa","Sami","Tove","Uma","Vera","Wim","Yara"]')
UNION ALL SELECT 'last', key, value FROM json_each('["Adeyemi","Berg","Costa","Dubois","Eriksen","Fischer","Garcia","Haddad","Ivanov","Jansen","Khan","Lindqvist","Moreau","Nakamura","Okafor","Petrov","Quist","Rossi","Sato","Tanaka","Ueda","Vargas","Weber","Yilmaz","Zhang"]')
UNION ALL SELECT 'colour', key, value FROM json_each('["Blue","Red","Green","Black","White","Grey","Yellow","Orange","Brown"]')
UNION ALL SELECT 'material', key, value FROM json_each('["steel","oak","cotton","glass","rubber","copper","paper"]')
UNION ALL SELECT 'category', key, value FROM json_each('["kitchen","garden","office","sports","toys","books","audio","travel"]')
UNION ALL SELECT 'prefix', key, value FROM json_each('["KIT","GAR","OFF","SPO","TOY","BOO","AUD","TRA"]')
-- Five things for each of the eight categories, in their order.
UNION ALL SELECT 'thing', key, value FROM json_each('["kettle","pan","ladle","teapot","grater","spade","hose","planter","trellis","rake","stapler","lamp","desk","binder","pen","racket","ball","helmet","rope","mat","puzzle","robot","kite","train","dice","atlas","novel","diary","album","sketchbook","speaker","headphones","radio","turntable","microphone","suitcase","backpack","pillow","adapter","tent"]')
UNION ALL SELECT 'country', key, value FROM json_each('["DE","DE","DE","DE","DE","DE","DE","DE","DE","DE","DE","DE","DE","US","US","US","US","US","US","US","US","US","US","GB","GB","GB","GB","GB","GB","FR","FR","FR","FR","FR","NL","NL","NL","NL","SE","SE","SE","BR","BR","IN","IN","JP","KE","CA","NZ","NZ"]')
UNION ALL SELECT 'note', key, value FROM json_each('["Leave it with the neighbour","Gift, please wrap it","Ring twice, the bell is faint","Deliver after 17:00","Invoice to the company address","The last one arrived broken","Call before delivery","Please use less packaging","Door code on request","Second attempt, address corrected"]');

INSERT INTO users (id, name, email, country, created_at)
WITH RECURSIVE
  row (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < 200 * :scale),
  base (i, a) AS MATERIALIZED (SELECT i, (i * 48271 + :seed * 69621 + 11) % 2147483647 FROM row),
  roll (i, h) AS MATERIALIZED (SELECT i, (a * a + i) % 2147483647 FROM base),
  dice (i, h, k) AS MATERIALIZED (SELECT i, h, (h * h + 7 * i) % 2147483647 FROM roll)
SELECT
  i,
  first.word || ' ' || last.word,
  CASE k % 4
    WHEN 0 THEN first.word || '.' || last.word || i || '@Example.com'
    WHEN 1 THEN upper(first.word || '.' || last.word) || i || '@example.com'
    ELSE lower(first.word || '.' || last.word) || i || '@example.' || CASE k / 4 % 3 WHEN 0 THEN 'org' ELSE 'com' END
  END,
  country.word,
  datetime(1640995200 + i * 315000 / :scale + h % 300, 'unixepoch')
FROM dice
JOIN words AS first ON first.kind = 'first' AND first.n = h % 24
JOIN words AS last ON last.kind = 'last' AND last.n = h / 24 % 25
JOIN words AS country ON country.kind = 'country' AND country.n = k / 16 % 50;

INSERT INTO products (id, sku, name, category, price_cents, stock)
WITH RECURSIVE
  row (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < 50 * :scale),
  base (i, a) AS MATERIALIZED (SELECT i, (i * 48271 + :seed * 69621 + 23) % 2147483647 FROM row),
  roll (i, h) AS MATERIALIZED (SELECT i, (a * a + i) % 2147483647 FROM base),
  dice (i, h, k) AS MATERIALIZED (SELECT i, h, (h * h + 7 * i) % 2147483647 FROM roll)
SELECT
  i,
  prefix.word || '-' || printf('%05d', i),
  colour.word || ' ' || material.word || ' ' || thing.word || ' ' || i,
  category.word,
  300 + k % 20000,
  CASE WHEN k / 32 % 20 = 0 THEN 0 ELSE h / 512 % 200 END
FROM dice
JOIN words AS category ON category.kind = 'category' AND category.n = h % 8
JOIN words AS prefix ON prefix.kind = 'prefix' AND prefix.n = h % 8
JOIN words AS thing ON thing.kind = 'thing' AND thing.n = h % 8 * 5 + h / 8 % 5
JOIN words AS colour ON colour.kind = 'colour' AND colour.n = h / 40 % 9
JOIN words AS material ON material.kind = 'material' AND material.n = h / 360 % 7;

-- One row an order: two independent rolls, from which every value of the order and of its items is taken.
CREATE TEMP TABLE rolls (i INTEGER PRIMARY KEY, h INTEGER, k INTEGER, items INTEGER);
INSERT INTO rolls
WITH RECURSIVE
  row (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < 2000 * :scale),
  base (i, a) AS (SELECT i, (i * 48271 + :seed * 69621 + 37) % 2147483647 FROM row)
SELECT i, (a * a + i) % 2147483647, (a * a % 2147483647 * 16807 + 7 * i) % 2147483647, 0 FROM base;
-- 1 to 5 items with weights 2 4 2 1 1, from a roll of its own.
UPDATE rolls SET items = substr('1122223345', 1 + (h * (k % 65536) + i) % 2147483647 / 7 % 10, 1);

INSERT INTO order_items (order_id, product_id, quantity, price_cents)
SELECT
  picked.i,
  products.id,
  1 + (picked.g / 8 % 7) / 3,
  CASE picked.g % 8 WHEN 0 THEN price_cents * 9 / 10 ELSE price_cents END
FROM (
  SELECT i, (h * (k % 32768 + line.n) + line.n * 7919) % 2147483647 AS g
  FROM rolls
  CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) AS line
  WHERE line.n <= rolls.items
) AS picked
CROSS JOIN products
-- The square of a roll in 0..1023 over 1024 gives low numbers more often; 31 * and the seed scatter them over the ids.
WHERE products.id = 1 + ((picked.g % 8192) * (picked.g % 8192) / 8192 * (50 * :scale) / 8192 * 31 + :seed * 17) % (50 * :scale);

INSERT INTO orders (id, user_id, status, created_at, total_cents, note)
SELECT
  i,
  1 + ((h % 1048576) * (h % 1048576) / 1048576 * (170 * :scale) / 1048576 * 7919 + :seed * 131) % (200 * :scale),
  CASE
    WHEN k / 8 % 100 < 2 THEN 'pending'
    WHEN k / 8 % 100 < 10 THEN 'paid'
    WHEN k / 8 % 100 < 20 THEN 'shipped'
    WHEN k / 8 % 100 < 26 THEN 'cancelled'
    WHEN k / 8 % 100 < 30 THEN 'refunded'
    ELSE 'delivered'
  END,
  datetime((1704067200 + i * 31400 / :scale + k / 1024 % 172800) / 60 * 60, 'unixepoch'),
  total,
  CASE WHEN h / 4 % 10 = 0 THEN (SELECT word FROM words WHERE kind = 'note' AND n = k / 64 % 10) END
FROM rolls
JOIN (SELECT order_id, sum(quantity * price_cents) AS total FROM order_items GROUP BY order_id) AS sums ON sums.order_id = rolls.i;

DROP TABLE rolls;
DROP TABLE words;
