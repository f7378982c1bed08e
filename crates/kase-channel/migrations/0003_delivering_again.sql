-- After headquarters came back from a backup: what was recorded after `again_after` up to `again_to` is delivered once more.
ALTER TABLE place ADD COLUMN again_after INTEGER;
ALTER TABLE place ADD COLUMN again_to INTEGER;

-- Whether headquarters performed it while an operator waited; not known of what was recorded before this.
ALTER TABLE operations ADD COLUMN performed INTEGER NOT NULL DEFAULT 0;
-- Of a loyalty card whose number headquarters made: the cards that the customer had, as JSON, noted before headquarters
-- that went back in time says otherwise.
ALTER TABLE operations ADD COLUMN told_cards TEXT;
