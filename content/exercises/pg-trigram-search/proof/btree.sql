CREATE INDEX ON listings (title text_pattern_ops);
