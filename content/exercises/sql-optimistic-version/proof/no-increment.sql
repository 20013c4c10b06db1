UPDATE products
SET price_cents = :new_price_cents
WHERE id = :id AND version = :version;
