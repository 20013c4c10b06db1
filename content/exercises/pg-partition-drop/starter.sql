-- A partitioned table is one from its creation on.
ALTER TABLE events RENAME TO events_old;
CREATE TABLE events (id int NOT NULL, created_at timestamptz NOT NULL, note text NOT NULL) PARTITION BY RANGE (created_at);
