-- What a deactivated register still delivers waits for a person: status 'review', and which register it was.
-- SQLite changes a CHECK only with its table.
CREATE TABLE operations_with_review (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    customer_id BLOB NOT NULL,
    channel TEXT NOT NULL REFERENCES channels (id),
    kind TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    text TEXT NOT NULL,
    real_time INTEGER NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('at_headquarters', 'applied', 'refused', 'held', 'review', 'discarded')),
    error_code TEXT,
    error_detail TEXT,
    error_field TEXT,
    corrected TEXT,
    conflicts TEXT,
    approved INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    settled_at INTEGER,
    position INTEGER UNIQUE,
    review_register TEXT
) STRICT;

INSERT INTO operations_with_review
    (seq, id, customer_id, channel, kind, fingerprint, text, real_time, status, error_code, error_detail,
     error_field, corrected, conflicts, approved, received_at, settled_at, position)
SELECT seq, id, customer_id, channel, kind, fingerprint, text, real_time, status, error_code, error_detail,
       error_field, corrected, conflicts, approved, received_at, settled_at, position
FROM operations;

DROP TABLE operations;
ALTER TABLE operations_with_review RENAME TO operations;

CREATE INDEX operations_waiting ON operations (seq) WHERE status = 'at_headquarters';
CREATE INDEX operations_parking ON operations (customer_id, seq) WHERE status IN ('refused', 'review');
CREATE INDEX operations_of_customer ON operations (customer_id, seq);
CREATE INDEX operations_feed ON operations (channel, position) WHERE position IS NOT NULL;
CREATE INDEX operations_status ON operations (status, seq);
