-- Mail that is given up: it is owed no more (sent_at says since when), was not sent, and can be sent after all.
ALTER TABLE outbox ADD COLUMN failed_at INTEGER;

CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;
