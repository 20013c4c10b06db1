CREATE TABLE tickets (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id int NOT NULL, is_open boolean NOT NULL DEFAULT true);
CREATE INDEX ON tickets (customer_id);
INSERT INTO tickets (customer_id) VALUES (7), (7);
