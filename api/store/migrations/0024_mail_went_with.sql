-- A mail that went out within another: that one's id, so that all go again when it is sent once more.
ALTER TABLE outbox ADD COLUMN went_with INTEGER;
