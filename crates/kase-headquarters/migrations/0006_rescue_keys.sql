-- The chain's rescue keys on P-256: registers seal to the latest, every one opens what was sealed to it. The secret half
-- is the scalar's 32 bytes and leaves this database never.
CREATE TABLE rescue_keys (
    made_order INTEGER PRIMARY KEY,
    kid TEXT NOT NULL UNIQUE,
    x TEXT NOT NULL,
    y TEXT NOT NULL,
    secret BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
