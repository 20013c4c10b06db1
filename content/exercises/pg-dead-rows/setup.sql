CREATE TABLE carts (id int PRIMARY KEY, quantity int NOT NULL, note text NOT NULL);
INSERT INTO carts SELECT n, n % 5, repeat('x', 60) FROM generate_series(1, 20000) AS n;
CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL);
INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 10) AS n;
ANALYZE carts, orders;
CREATE TABLE storage AS SELECT pg_relation_filenode('carts') AS node;
