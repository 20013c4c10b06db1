SELECT pg_advisory_lock(:customer);
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
SELECT pg_advisory_unlock(:customer);
