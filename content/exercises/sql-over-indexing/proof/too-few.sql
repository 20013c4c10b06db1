DROP INDEX orders_user;
DROP INDEX orders_status;
