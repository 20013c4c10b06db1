-- The settings of the table sessions, by ALTER TABLE.
SELECT relname, reloptions FROM pg_class WHERE relname IN ('sessions', 'invoices');
