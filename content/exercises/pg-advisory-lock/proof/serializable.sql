\retry 40001 times 200
BEGIN ISOLATION LEVEL SERIALIZABLE;
SET LOCAL enable_seqscan = off;
INSERT INTO tickets (customer_id)
SELECT :customer WHERE (SELECT count(*) FROM tickets WHERE customer_id = :customer AND is_open) < 3;
COMMIT;
