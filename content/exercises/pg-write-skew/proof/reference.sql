\retry 40001 times 20
BEGIN ISOLATION LEVEL SERIALIZABLE;
UPDATE doctors SET on_call = false
WHERE id = :doctor
  AND (SELECT count(*) FROM doctors AS d WHERE d.on_call AND d.shift = doctors.shift) >= 2;
COMMIT;
