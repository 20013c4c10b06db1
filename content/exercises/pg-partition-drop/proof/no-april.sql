ALTER TABLE events RENAME TO events_old;
CREATE TABLE events (id int NOT NULL, created_at timestamptz NOT NULL, note text NOT NULL) PARTITION BY RANGE (created_at);
CREATE TABLE events_2025_02 PARTITION OF events FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');
CREATE TABLE events_2025_03 PARTITION OF events FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');
INSERT INTO events SELECT * FROM events_old WHERE created_at >= '2025-02-01';
DROP TABLE events_old;
