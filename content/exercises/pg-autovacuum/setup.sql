-- The lab keeps autovacuum away from tables that do not ask for it: here PostgreSQL's own defaults are written at the tables.
CREATE TABLE sessions (id int PRIMARY KEY, seen int NOT NULL)
  WITH (autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0.2);
INSERT INTO sessions SELECT n, 0 FROM generate_series(1, 50000) AS n;
CREATE TABLE invoices (id int PRIMARY KEY, total_cents int NOT NULL)
  WITH (autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0.2);
INSERT INTO invoices SELECT n, n * 100 FROM generate_series(1, 1000) AS n;
ANALYZE sessions, invoices;
