UPDATE products
SET version = :version + 1, price_cents = :new_price_cents
WHERE version = :version AND id = :id;
