-- Somebody of the team looks at the portal as this contact does, until then: in this session, reading alone.
ALTER TABLE session ADD COLUMN viewing_id INTEGER REFERENCES person (id);
ALTER TABLE session ADD COLUMN viewing_until INTEGER;
CREATE INDEX session_by_viewing ON session (viewing_id) WHERE viewing_id IS NOT NULL;
