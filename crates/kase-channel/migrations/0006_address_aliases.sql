-- Whose address an id is, for ever: an address's id stands for its customer, as headquarters resolves it, also once the
-- address is gone.
CREATE TABLE address_aliases (
    address_id  BLOB PRIMARY KEY,
    customer_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO address_aliases (address_id, customer_id)
SELECT unhex(replace(address.value ->> 'id', '-', '')), customers.customer_id
FROM customers,
     json_each(CASE WHEN json_valid(state) THEN state ELSE '{}' END, '$.customer.addresses') AS address
WHERE length(unhex(replace(address.value ->> 'id', '-', ''))) = 16
ORDER BY account_number IS NULL;
