ALTER TABLE sessions SET (autovacuum_vacuum_threshold = 1000);
