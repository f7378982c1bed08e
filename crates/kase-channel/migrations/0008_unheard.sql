-- Customers with an account number who are not this channel's own and of whom headquarters, which came back from a backup, has
-- not told since: its copies may be all that is left of them. Once the feed was read to its end, they are offered.
CREATE TABLE unheard (
    customer_id BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

ALTER TABLE place ADD COLUMN heard_all INTEGER NOT NULL DEFAULT 0;
