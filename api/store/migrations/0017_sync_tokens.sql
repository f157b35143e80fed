-- What programs elsewhere show to use the sync API: 256 random bits, of which the hash alone is here.
CREATE TABLE sync_token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    name TEXT NOT NULL CHECK (name <> ''), -- what the administrator calls it
    source TEXT NOT NULL CHECK (source <> ''), -- whose ids it speaks of, as external.source
    scopes TEXT NOT NULL CHECK (scopes LIKE ' % '), -- ' contacts:read contacts:write '
    created_at INTEGER NOT NULL,
    expires_at INTEGER, -- NULL: never
    used_at INTEGER, -- the last time, to the minute
    revoked_at INTEGER
) STRICT;
