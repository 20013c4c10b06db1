DROP INDEX orders_user;
DROP INDEX orders_user_created_status;
DROP INDEX orders_status;
DROP INDEX orders_created;
DROP INDEX orders_note;
