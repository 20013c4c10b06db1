UPDATE products
SET price_cents = :new_price_cents, version = version + 1
WHERE id IN (SELECT id FROM products WHERE id = :id AND version = :version AND price_cents = :seen_price_cents);
