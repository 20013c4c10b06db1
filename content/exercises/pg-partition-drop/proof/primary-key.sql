ALTER TABLE events RENAME TO events_old;
CREATE TABLE events (id int PRIMARY KEY, created_at timestamptz NOT NULL, note text NOT NULL) PARTITION BY RANGE (created_at);
