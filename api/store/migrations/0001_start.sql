-- The first shape of a store.
--
-- Times are milliseconds since 1970 in UTC. Ids of inboxes, pipelines and stages are those of the portal's
-- settings: the store keeps them as they are and does not judge them.

CREATE TABLE company (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('contact', 'agent', 'admin')),
    email TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (email LIKE '_%@_%'),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale <> ''),
    company_id INTEGER REFERENCES company (id),
    password TEXT, -- the encoded Argon2id hash; NULL: none was set, so nobody can sign in with one
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE INDEX person_by_company ON person (company_id);

CREATE TABLE ticket (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice, not even after an erasure
    subject TEXT NOT NULL CHECK (subject <> ''),
    requester_id INTEGER NOT NULL REFERENCES person (id),
    company_id INTEGER REFERENCES company (id), -- the requester's when it was filed
    owner_id INTEGER REFERENCES person (id),
    inbox TEXT NOT NULL CHECK (inbox <> ''),
    pipeline TEXT NOT NULL CHECK (pipeline <> ''),
    stage TEXT NOT NULL CHECK (stage <> ''),
    category TEXT,
    priority TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    created_at INTEGER NOT NULL,
    last_activity_at INTEGER NOT NULL, -- of public messages only
    closed_at INTEGER,
    open INTEGER NOT NULL CHECK (open = (closed_at IS NULL)) -- plain: an index of a generated one never covers
) STRICT;

INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', 1000);

-- One index for each way to be allowed to see a ticket; every list is read in the index's own order. The
-- requester's also holds the company, so that "mine, and not the company's" is counted from the index alone.
CREATE INDEX ticket_by_requester ON ticket (requester_id, open, last_activity_at, number, company_id);
CREATE INDEX ticket_by_company ON ticket (company_id, open, last_activity_at);
CREATE INDEX ticket_by_owner ON ticket (owner_id, open, last_activity_at);
CREATE INDEX ticket_by_activity ON ticket (open, last_activity_at);

CREATE TABLE thread (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket (number),
    channel TEXT NOT NULL CHECK (channel <> ''),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX thread_by_ticket ON thread (ticket);

CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread_id INTEGER NOT NULL REFERENCES thread (id),
    author_id INTEGER NOT NULL REFERENCES person (id),
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX message_by_thread ON message (thread_id, created_at);
CREATE INDEX message_by_author ON message (author_id);

CREATE TABLE file (
    id TEXT PRIMARY KEY CHECK (length(id) = 22), -- also its name below files/
    message_id INTEGER NOT NULL REFERENCES message (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX file_by_message ON file (message_id, position);

CREATE TABLE session (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person_id INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_person ON session (person_id);

CREATE TABLE token (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person_id INTEGER NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX token_by_person ON token (person_id, purpose);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'inbox_reply', 'inbox_ticket', 'received', 'reset')),
    person_id INTEGER REFERENCES person (id), -- NULL: the ticket's inbox
    ticket INTEGER REFERENCES ticket (number),
    message_id INTEGER REFERENCES message (id),
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    sent_at INTEGER,
    CHECK (person_id IS NOT NULL OR ticket IS NOT NULL)
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_reset ON outbox (person_id) WHERE kind = 'reset' AND sent_at IS NULL;
CREATE INDEX outbox_by_ticket ON outbox (ticket);
CREATE INDEX outbox_by_person ON outbox (person_id);
CREATE INDEX outbox_by_message ON outbox (message_id);

-- What was submitted under which key, so that a retry gets the first outcome again.
CREATE TABLE submission (
    person_id INTEGER NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ticket', 'reply')),
    content BLOB NOT NULL CHECK (length(content) = 32),
    ticket INTEGER NOT NULL REFERENCES ticket (number),
    message_id INTEGER NOT NULL REFERENCES message (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX submission_by_age ON submission (created_at);
CREATE INDEX submission_by_ticket ON submission (ticket);
CREATE INDEX submission_by_message ON submission (message_id);

-- No foreign keys: a record outlives what it speaks of.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    person_id INTEGER, -- who did it, or whom it concerns when nobody is signed in; NULL: not known
    action TEXT NOT NULL CHECK (action <> ''),
    ticket INTEGER,
    detail TEXT
) STRICT;

CREATE INDEX audit_by_person ON audit (person_id, at);
