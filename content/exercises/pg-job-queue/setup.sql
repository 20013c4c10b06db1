CREATE TABLE jobs (id int PRIMARY KEY, payload text NOT NULL, worker int);
INSERT INTO jobs SELECT n, 'invoice ' || n, NULL FROM generate_series(1, 30) AS n;
