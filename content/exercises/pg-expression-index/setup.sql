-- 200,000 users, as they typed their addresses.
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL);
INSERT INTO users
SELECT n, (ARRAY['Ana', 'ben', 'Chen', 'dora', 'Emil'])[1 + n % 5] || '.' || n || '@Example.com', 'User ' || (n + :seed)
FROM generate_series(1, 200000) AS n;
ANALYZE users;
