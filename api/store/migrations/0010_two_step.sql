-- Two-step sign-in: a code from an app (RFC 6238) after the password, and codes for who lost it.

-- The secret stands here as it is: whoever reads the store reads the tickets, too, and a key beside it would be
-- read with it. A set-up that was begun and never confirmed asks nobody for anything.
CREATE TABLE two_step (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    secret BLOB NOT NULL CHECK (length(secret) = 20),
    begun_at INTEGER NOT NULL,
    on_at INTEGER, -- NULL: not confirmed
    last_step INTEGER NOT NULL DEFAULT 0 -- of 30 seconds since 1970: no code of it or an earlier one counts again
) STRICT;

CREATE TABLE recovery_code (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX recovery_code_by_person ON recovery_code (person_id);

-- Who gave the first step and not the second: the browser keeps what this is the hash of.
CREATE TABLE half_sign_in (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way <> ''),
    remembered INTEGER NOT NULL CHECK (remembered IN (0, 1)),
    tries INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX half_sign_in_by_person ON half_sign_in (person_id);
