-- What each activated browser says it has recorded: should its database be deleted, people are told what was lost.
CREATE TABLE witnesses (
    device          TEXT    PRIMARY KEY REFERENCES devices (token_digest),
    register        TEXT    NOT NULL,
    -- The last count of a short reference that it has taken.
    reference_count INTEGER NOT NULL,
    -- A Witness.
    witness         TEXT    NOT NULL,
    told_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX witnesses_by_register ON witnesses (register, told_at);
