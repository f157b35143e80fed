-- People who make their account themselves, and what they consented to.

-- The exact words that were shown, each once. Nobody writes them anew.
CREATE TABLE consent_text (
    version TEXT PRIMARY KEY CHECK (version <> ''), -- the hash of the words, as the compiled portal has it
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    version TEXT NOT NULL REFERENCES consent_text (version),
    given_at INTEGER NOT NULL
) STRICT;

CREATE INDEX consent_by_person ON consent (person_id);
CREATE INDEX consent_by_version ON consent (version);

CREATE TRIGGER consent_stays BEFORE UPDATE ON consent
BEGIN SELECT raise(ABORT, 'a consent is never altered'); END;

CREATE TRIGGER consent_text_stays BEFORE UPDATE ON consent_text
BEGIN SELECT raise(ABORT, 'the words of a consent are never altered'); END;

-- Somebody named an address, and nobody has shown yet that it is theirs: no person, and no way in. There may be
-- several for one address, each with its own password, so that nobody can spoil another's.
CREATE TABLE sign_up (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '_%@_%'),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale <> ''),
    password TEXT, -- the encoded hash; NULL when it was used
    consent TEXT REFERENCES consent_text (version),
    code BLOB CHECK (length(code) = 32), -- the hash of what was mailed last; NULL: nothing was yet
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE UNIQUE INDEX sign_up_by_code ON sign_up (code);
CREATE INDEX sign_up_by_email ON sign_up (email);
CREATE INDEX sign_up_by_age ON sign_up (expires_at);
CREATE INDEX sign_up_by_consent ON sign_up (consent);

-- Mail to them is owed to the row, since there is no person yet.
ALTER TABLE outbox RENAME TO outbox_0001;
DROP INDEX outbox_due;
DROP INDEX outbox_one_reset;
DROP INDEX outbox_by_ticket;
DROP INDEX outbox_by_person;
DROP INDEX outbox_by_message;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'inbox_reply', 'inbox_ticket', 'received', 'reset', 'sign_up',
        'sign_up_known')),
    person_id INTEGER REFERENCES person (id), -- NULL: the ticket's inbox, or who signs up
    ticket INTEGER REFERENCES ticket (number),
    message_id INTEGER REFERENCES message (id),
    sign_up_id INTEGER REFERENCES sign_up (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    sent_at INTEGER,
    CHECK (person_id IS NOT NULL OR ticket IS NOT NULL OR sign_up_id IS NOT NULL)
) STRICT;

INSERT INTO outbox (id, kind, person_id, ticket, message_id, created_at, due_at, attempts, last_error, sent_at)
    SELECT id, kind, person_id, ticket, message_id, created_at, due_at, attempts, last_error, sent_at
    FROM outbox_0001;

-- Ids are never given twice: the names of mails are made from them.
UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence
    WHERE name = 'outbox_0001')) WHERE name = 'outbox';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'outbox', seq FROM sqlite_sequence WHERE name = 'outbox_0001'
    AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox');
DROP TABLE outbox_0001;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_reset ON outbox (person_id) WHERE kind = 'reset' AND sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_known ON outbox (person_id) WHERE kind = 'sign_up_known' AND sent_at IS NULL;
CREATE INDEX outbox_by_ticket ON outbox (ticket);
CREATE INDEX outbox_by_person ON outbox (person_id);
CREATE INDEX outbox_by_message ON outbox (message_id);
CREATE INDEX outbox_by_sign_up ON outbox (sign_up_id);
