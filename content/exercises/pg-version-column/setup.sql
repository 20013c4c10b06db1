CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL, version int NOT NULL DEFAULT 1);
INSERT INTO accounts (id, balance) VALUES (1, 100), (2, 0), (3, 0);
