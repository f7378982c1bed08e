-- Customers that a restore had lost and that came back from another store's copy, with no operation of theirs: what their own
-- channel or register delivers later is known already.
CREATE TABLE returned_copies (
    customer_id BLOB PRIMARY KEY REFERENCES customers (customer_id),
    restore INTEGER NOT NULL REFERENCES restores (id),
    channel TEXT NOT NULL REFERENCES channels (id)
) STRICT, WITHOUT ROWID;
