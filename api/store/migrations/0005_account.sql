-- What people see of their own sign-ins, and the mails about them.

ALTER TABLE session RENAME TO session_0004;
DROP INDEX session_by_person;

CREATE TABLE session (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    id TEXT NOT NULL UNIQUE CHECK (id <> ''), -- what lists call it: it opens nothing
    person_id INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way <> ''), -- how they showed who they are: 'password', 'link', ...
    agent TEXT NOT NULL, -- browser and system in our words; '': not known
    place TEXT NOT NULL, -- the network, never the whole address of a person's own; '': not known
    remembered INTEGER NOT NULL CHECK (remembered IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO session (hash, id, person_id, created_at, seen_at, expires_at, way, agent, place, remembered)
    SELECT hash, lower(hex(randomblob(11))), person_id, created_at, seen_at, expires_at, 'password', '', '', 0
    FROM session_0004;
DROP TABLE session_0004;

CREATE INDEX session_by_person ON session (person_id);

-- Browsers that somebody has signed in with: who comes with another one is written to.
CREATE TABLE device (
    person_id INTEGER NOT NULL REFERENCES person (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32), -- of what the browser keeps
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_by_age ON device (seen_at);

-- Which address somebody wants to be written to at: theirs once they bring back what was mailed there.
CREATE TABLE address_change (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '_%@_%'),
    created_at INTEGER NOT NULL
) STRICT;

-- Mail that goes elsewhere than to the person's address, and what it tells of besides.
ALTER TABLE outbox ADD COLUMN address TEXT;
ALTER TABLE outbox ADD COLUMN detail TEXT;
CREATE UNIQUE INDEX outbox_one_link ON outbox (person_id) WHERE kind = 'sign_in_link' AND sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_address ON outbox (person_id) WHERE kind = 'address' AND sent_at IS NULL;
