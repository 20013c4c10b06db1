-- Doctor :doctor wants to leave; one of the shift must stay.
BEGIN ISOLATION LEVEL REPEATABLE READ;
UPDATE doctors SET on_call = false
WHERE id = :doctor
  AND (SELECT count(*) FROM doctors AS d WHERE d.on_call AND d.shift = doctors.shift) >= 2;
COMMIT;
