-- When this database was last copied back from a backup; none of one that never was. Only then is what registers say they had
-- been told of an operation believed.
ALTER TABLE place ADD COLUMN restored_at INTEGER;
