-- The second never comes when the client dies in between.
UPDATE accounts SET balance = balance - 10 WHERE id = :from;
