-- What somebody wants to be told by mail; who has no row is told of everything.
CREATE TABLE mail_choice (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    replies INTEGER NOT NULL DEFAULT 1 CHECK (replies IN (0, 1)), -- the team answers
    copies INTEGER NOT NULL DEFAULT 1 CHECK (copies IN (0, 1)), -- somebody else writes
    shared INTEGER NOT NULL DEFAULT 1 CHECK (shared IN (0, 1)), -- they are put in copy
    received INTEGER NOT NULL DEFAULT 1 CHECK (received IN (0, 1)), -- their ticket has arrived
    changed_at INTEGER NOT NULL
) STRICT;
