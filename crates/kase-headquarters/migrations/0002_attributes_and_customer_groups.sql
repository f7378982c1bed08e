-- What headquarters defines for customers' attributes and groups.

-- `definition` is the domain's JSON, with the key in it.
CREATE TABLE attributes (
    key TEXT PRIMARY KEY,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
