-- The report needs an index on (status, created_at). The shop is open.
CREATE INDEX ON orders (status, created_at);
