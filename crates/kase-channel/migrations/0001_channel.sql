-- The channel's own database: what its registers recorded, what headquarters sent, who may work here.
-- Ids are 16 bytes, times milliseconds since the Unix epoch by this server's clock, documents JSON text.

-- One row: which database this is, and its counters. `position` is given out inside the writing transaction,
-- so that no receiver's cursor can step over a row that commits later.
CREATE TABLE place (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    database        BLOB    NOT NULL,
    channel         TEXT    NOT NULL,
    position        INTEGER NOT NULL DEFAULT 0,
    reference_count INTEGER NOT NULL DEFAULT 0,
    -- Where headquarters' feed was read to.
    cursor          TEXT
) STRICT;

-- The replica, with the channel's own pending customers. `state` is a CustomerState.
CREATE TABLE customers (
    customer_id    BLOB    PRIMARY KEY,
    account_number TEXT,
    state          TEXT    NOT NULL,
    position       INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_account_number ON customers (account_number) WHERE account_number IS NOT NULL;

-- Append-only; what changes is how far each has come. Never pruned: a sender may come back after months.
CREATE TABLE operations (
    recorded_order   INTEGER PRIMARY KEY AUTOINCREMENT,
    id               BLOB    NOT NULL UNIQUE,
    customer_id      BLOB    NOT NULL,
    kind             TEXT    NOT NULL,
    -- The bytes as they were recorded, and their SHA-256.
    text             TEXT    NOT NULL,
    fingerprint      BLOB    NOT NULL,
    -- SHA-256 of the API request that it was made of, where it was.
    body_fingerprint BLOB,
    -- The register that delivered it; none where the channel made it of an API request.
    register         TEXT,
    recorded_at      INTEGER NOT NULL,
    progress         TEXT    NOT NULL CHECK (progress IN ('asked', 'ready', 'held', 'delivered', 'refused', 'done')),
    -- A Stage, until it is done.
    stage            TEXT,
    position         INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX operations_waiting ON operations (progress, recorded_order) WHERE progress <> 'done';
CREATE INDEX operations_by_customer ON operations (customer_id, recorded_order);
CREATE INDEX operations_by_register ON operations (register, position);

-- Every version that headquarters sent: an operation is judged by the one it was recorded under.
CREATE TABLE settings (
    version  INTEGER PRIMARY KEY,
    settings TEXT    NOT NULL,
    position INTEGER NOT NULL UNIQUE
) STRICT;

-- Who may work here; replaced whole when headquarters sends it.
CREATE TABLE registers (
    name  TEXT PRIMARY KEY,
    entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE operators (
    id    TEXT PRIMARY KEY,
    entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Activated browsers. A replaced one may still deliver what it holds, and nothing else.
CREATE TABLE devices (
    token_digest    TEXT    PRIMARY KEY,
    register        TEXT    NOT NULL,
    activation_hash TEXT    NOT NULL,
    activated_at    INTEGER NOT NULL,
    replaced_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_register ON devices (register);

CREATE TABLE sessions (
    token_digest TEXT PRIMARY KEY,
    device       TEXT NOT NULL REFERENCES devices (token_digest),
    operator     TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;
