-- Headquarters' database. A migration is never edited after it has landed.
-- Ids (GUIDs) are blobs of 16 bytes; moments are milliseconds since the Unix epoch.

-- The one row that names this database and gives out the feed's positions, inside the writing transaction.
CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    database BLOB NOT NULL,
    position INTEGER NOT NULL,
    settings_version INTEGER NOT NULL,
    switches TEXT NOT NULL,
    first_administrator TEXT
) STRICT;

CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('store', 'web_shop')),
    store_name TEXT NOT NULL,
    country TEXT NOT NULL,
    default_customer TEXT NOT NULL,
    settings TEXT NOT NULL,
    settings_position INTEGER NOT NULL,
    directory_position INTEGER NOT NULL
) STRICT;

-- Digests of the secrets with which a channel's server speaks. The embedded role's is made anew at each start.
CREATE TABLE enrolments (
    channel TEXT NOT NULL REFERENCES channels (id),
    place TEXT NOT NULL CHECK (place IN ('embedded', 'apart')),
    digest TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (channel, place)
) STRICT;

CREATE TABLE registers (
    name TEXT PRIMARY KEY,
    channel TEXT NOT NULL REFERENCES channels (id),
    reference_prefix TEXT NOT NULL UNIQUE,
    activation_hash TEXT,
    activation_reusable INTEGER NOT NULL,
    kiosk INTEGER NOT NULL,
    deactivated INTEGER NOT NULL
) STRICT;

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    manager INTEGER NOT NULL
) STRICT;

CREATE TABLE affiliations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE functionality_profiles (
    channel TEXT PRIMARY KEY REFERENCES channels (id),
    create_customer_async INTEGER NOT NULL,
    generate_loyalty_card_number INTEGER NOT NULL
) STRICT;

CREATE TABLE channel_schemas (
    channel TEXT PRIMARY KEY REFERENCES channels (id),
    filter_shared_customer_data INTEGER NOT NULL
) STRICT;

-- What a channel was told, by version: an operation is judged by what was in force when it was recorded.
CREATE TABLE settings_versions (
    channel TEXT NOT NULL REFERENCES channels (id),
    version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (channel, version)
) STRICT;

CREATE TABLE customers (
    customer_id BLOB PRIMARY KEY,
    account_number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    position INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Every id under which a customer or an address was ever made, for ever.
CREATE TABLE aliases (
    alias BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'address')),
    customer_id BLOB NOT NULL REFERENCES customers (customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE loyalty_cards (
    number TEXT PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customers (customer_id),
    issued_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Operations as they were recorded; keys and fingerprints stay for ever. `corrected` is the payload as
-- headquarters corrected it, beside what was recorded; `conflicts` are the fields held for review.
CREATE TABLE operations (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    customer_id BLOB NOT NULL,
    channel TEXT NOT NULL REFERENCES channels (id),
    kind TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    text TEXT NOT NULL,
    real_time INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('at_headquarters', 'applied', 'refused', 'held', 'discarded')),
    error_code TEXT,
    error_detail TEXT,
    error_field TEXT,
    corrected TEXT,
    conflicts TEXT,
    approved INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    settled_at INTEGER,
    position INTEGER UNIQUE
) STRICT;
CREATE INDEX operations_waiting ON operations (seq) WHERE status = 'at_headquarters';
CREATE INDEX operations_parking ON operations (customer_id, seq) WHERE status = 'refused';
CREATE INDEX operations_of_customer ON operations (customer_id, seq);
CREATE INDEX operations_feed ON operations (channel, position) WHERE position IS NOT NULL;
CREATE INDEX operations_status ON operations (status, seq);

-- Old and new value of everything that changed after a customer was made.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    customer_id BLOB NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    who TEXT NOT NULL,
    operation BLOB,
    channel TEXT,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_of_customer ON changes (customer_id, id);

CREATE TABLE number_sequences (
    name TEXT PRIMARY KEY,
    format TEXT NOT NULL,
    next INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    mode TEXT NOT NULL,
    last_run_at INTEGER,
    last_result TEXT,
    last_count INTEGER
) STRICT;

CREATE TABLE users (
    name TEXT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (name),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

INSERT INTO number_sequences (name, format, next) VALUES
    ('customer_account', 'C-#######', 1),
    ('loyalty_card', 'L#########', 1);

INSERT INTO jobs (name, title, mode) VALUES
    ('P-0001', 'P-job', 'continuous'),
    ('synchronize-customers', 'Synchronize customers and channel requests', 'continuous'),
    ('1010', 'Customers', 'continuous'),
    ('1070', 'Channel configuration', 'continuous'),
    ('1110', 'Global configuration', 'continuous');
