-- 90,000 events from January to March 2025, 1,000 a day. The first of each day is exactly at midnight.
CREATE TABLE events (id int NOT NULL, created_at timestamptz NOT NULL, note text NOT NULL);
INSERT INTO events
SELECT n, timestamptz '2025-01-01 00:00+00' + n * interval '86.4 seconds', 'event ' || n
FROM generate_series(0, 89999) AS n;
ANALYZE events;
