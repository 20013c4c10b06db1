-- The disk that you may use: what is there now, and 200 pages more.
CREATE TABLE disk_budget AS SELECT page_count + 200 AS pages FROM pragma_page_count;
