WITH pair AS MATERIALIZED (SELECT id FROM accounts WHERE id IN (:from, :to) ORDER BY id FOR UPDATE)
UPDATE accounts SET balance = balance + CASE id WHEN :to THEN 10 ELSE -10 END WHERE id IN (SELECT id FROM pair);
