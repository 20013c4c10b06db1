BEGIN;
SELECT name FROM shifts WHERE name = (SELECT shift FROM doctors WHERE id = :doctor) FOR UPDATE;
UPDATE doctors SET on_call = false
WHERE id = :doctor
  AND (SELECT count(*) FROM doctors AS d WHERE d.on_call AND d.shift = doctors.shift) >= 2;
COMMIT;
