-- What restores of this database from a backup did. The numbers from `first` up to and not including `next` may have been
-- given to customers that this database has forgotten; they are given out again only to whoever is known to have had them.
CREATE TABLE restores (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE skipped_numbers (
    restore INTEGER NOT NULL REFERENCES restores (id),
    sequence TEXT NOT NULL REFERENCES number_sequences (name),
    first INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (restore, sequence)
) STRICT, WITHOUT ROWID;

-- How many operations that it had forgotten came back since, by channel.
CREATE TABLE returned_operations (
    restore INTEGER NOT NULL REFERENCES restores (id),
    channel TEXT NOT NULL REFERENCES channels (id),
    operations INTEGER NOT NULL,
    PRIMARY KEY (restore, channel)
) STRICT, WITHOUT ROWID;

-- What the channel had been told of an operation before a restore, as JSON; none of an ordinary one.
ALTER TABLE operations ADD COLUMN claim TEXT;
