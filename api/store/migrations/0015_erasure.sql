-- People who want what is held about them erased. A person's row is emptied and stays, for the audit log and the
-- consents speak of its number; so do tickets and messages, with other words in place of theirs.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL, -- the end of the time to think it over
    approved_at INTEGER,
    approved_by INTEGER REFERENCES person (id), -- NULL: nobody yet, or an administrator at the machine
    begun_at INTEGER, -- from here on there is no way back
    ended_at INTEGER,
    outcome TEXT CHECK (outcome IN ('done', 'withdrawn', 'declined')),
    reason TEXT, -- of the one who declined
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

CREATE UNIQUE INDEX erasure_one ON erasure (person_id) WHERE ended_at IS NULL;
CREATE INDEX erasure_by_person ON erasure (person_id);
CREATE INDEX erasure_waiting ON erasure (id) WHERE ended_at IS NULL;

-- Since when other words stand in place of what was written.
ALTER TABLE message ADD COLUMN removed_at INTEGER;
ALTER TABLE ticket ADD COLUMN removed_at INTEGER;
