CREATE TABLE accounts (id int PRIMARY KEY, owner text NOT NULL, balance int NOT NULL CHECK (balance >= 0));
INSERT INTO accounts VALUES (1, 'Ada', 400), (2, 'Bo', 350), (3, 'Cleo', 250), (4, 'Dora', 2147483647);
