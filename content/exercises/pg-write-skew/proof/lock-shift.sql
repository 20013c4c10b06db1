BEGIN;
SELECT id FROM doctors WHERE shift = (SELECT shift FROM doctors WHERE id = :doctor) ORDER BY id FOR UPDATE;
UPDATE doctors SET on_call = false
WHERE id = :doctor
  AND EXISTS (SELECT FROM doctors AS d WHERE d.on_call AND d.shift = doctors.shift AND d.id <> doctors.id);
COMMIT;
