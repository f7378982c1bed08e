-- Changes of headquarters' feed that this program could not read, and which version of it that was. A newer one pulls
-- from the beginning.
CREATE TABLE passed_over (
    key     TEXT PRIMARY KEY,
    version TEXT NOT NULL
) STRICT, WITHOUT ROWID;
