-- Ana's and Ben's form both end here. Parameters: :id, :version and :seen_price_cents (as they were when the form was
-- opened), :new_price_cents.
UPDATE products
SET price_cents = :new_price_cents
WHERE id = :id;
