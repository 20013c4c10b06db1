DELETE FROM events WHERE created_at < '2025-02-01';
