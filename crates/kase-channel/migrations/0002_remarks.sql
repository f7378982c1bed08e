-- What this channel says of an operation to headquarters, as JSON; none of an ordinary one.
ALTER TABLE operations ADD COLUMN remark TEXT;
