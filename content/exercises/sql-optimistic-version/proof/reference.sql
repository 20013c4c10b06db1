UPDATE products
SET price_cents = :new_price_cents, version = version + 1
WHERE id = :id AND version = :version;
