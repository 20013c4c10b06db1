CREATE TABLE carts (id int PRIMARY KEY, quantity int NOT NULL);
INSERT INTO carts SELECT n, n % 5 FROM generate_series(1, 100) AS n;
