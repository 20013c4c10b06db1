-- Months as tables of their own, attached afterwards.
ALTER TABLE events RENAME TO old;
CREATE TABLE february AS SELECT * FROM old WHERE created_at >= '2025-02-01' AND created_at < '2025-03-01';
CREATE TABLE march AS SELECT * FROM old WHERE created_at >= '2025-03-01' AND created_at < '2025-04-01';
ALTER TABLE february ALTER id SET NOT NULL, ALTER created_at SET NOT NULL, ALTER note SET NOT NULL;
ALTER TABLE march ALTER id SET NOT NULL, ALTER created_at SET NOT NULL, ALTER note SET NOT NULL;
CREATE TABLE events (LIKE old) PARTITION BY RANGE (created_at);
ALTER TABLE events ATTACH PARTITION february FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');
ALTER TABLE events ATTACH PARTITION march FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');
CREATE TABLE later PARTITION OF events DEFAULT;
DROP TABLE old;
