-- What things are called in the system that they came from, so that what is brought along again is known again.
CREATE TABLE external (
    source TEXT NOT NULL CHECK (source <> ''), -- 'hubspot', 'zendesk', or as a mapping says
    kind TEXT NOT NULL CHECK (kind IN ('company', 'contact', 'ticket', 'message')),
    id TEXT NOT NULL CHECK (id <> ''), -- theirs
    local INTEGER NOT NULL, -- ours; no foreign key: it outlives what was removed here, which does not come back
    content BLOB NOT NULL CHECK (length(content) = 32), -- the hash of what was brought along last
    PRIMARY KEY (source, kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX external_by_local ON external (kind, local);
