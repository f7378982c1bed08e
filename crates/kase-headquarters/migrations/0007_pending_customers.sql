-- Where in every channel's feed a customer stands whose creation waits here, or was discarded: it is found in every store
-- before it has its account number, and gone with it.
ALTER TABLE operations ADD COLUMN pending_position INTEGER;
CREATE UNIQUE INDEX operations_pending ON operations (pending_position) WHERE pending_position IS NOT NULL;

UPDATE operations SET pending_position = (SELECT position FROM identity) + waiting.nth
FROM (
    SELECT seq, row_number() OVER (ORDER BY seq) AS nth FROM operations
    WHERE kind = 'create_customer' AND id = customer_id AND status IN ('at_headquarters', 'refused', 'review')
) AS waiting
WHERE operations.seq = waiting.seq;

UPDATE identity
SET position = position + (SELECT count(*) FROM operations WHERE pending_position IS NOT NULL);
