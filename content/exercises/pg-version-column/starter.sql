-- What the application does: read, compute, write. Parameters: :account, :amount.
-- \gset keeps the columns of a row as :balance and :version.
SELECT balance, version FROM accounts WHERE id = :account \gset
UPDATE accounts SET balance = :balance + :amount WHERE id = :account;
