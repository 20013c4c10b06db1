ALTER TABLE events RENAME TO events_old;
CREATE TABLE events (id int NOT NULL, created_at timestamptz NOT NULL, note text NOT NULL) PARTITION BY RANGE (created_at);
CREATE TABLE everything PARTITION OF events DEFAULT;
INSERT INTO events SELECT * FROM events_old WHERE created_at >= '2025-02-01';
DROP TABLE events_old;
