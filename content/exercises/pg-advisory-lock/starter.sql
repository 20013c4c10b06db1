-- A request of customer :customer. Customers live in another service: there is no table of them here.
BEGIN;
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
