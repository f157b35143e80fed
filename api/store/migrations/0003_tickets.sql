-- What customers see and do: properties of the admin's own, colleagues in copy, closing, follow-ups, ratings.

-- Properties of the admin's own, by id: texts, choices and dates ("2026-11-22") are strings, several choices are
-- arrays of strings, besides numbers and booleans. The store keeps them as they are; what has none is absent.
ALTER TABLE ticket ADD COLUMN properties TEXT NOT NULL DEFAULT '{}' CHECK (properties LIKE '{%}');
ALTER TABLE person ADD COLUMN properties TEXT NOT NULL DEFAULT '{}' CHECK (properties LIKE '{%}');

-- A company manager sees the company's tickets where only some contacts do.
ALTER TABLE person ADD COLUMN manager INTEGER NOT NULL DEFAULT 0 CHECK (manager IN (0, 1));

-- The earlier ticket that a reply came too late for.
ALTER TABLE ticket ADD COLUMN follows INTEGER REFERENCES ticket (number);
CREATE INDEX ticket_by_follows ON ticket (follows) WHERE follows IS NOT NULL;

-- Who closed it, if a person did, and the stage it was in before: what undoing goes back to.
ALTER TABLE ticket ADD COLUMN closed_by INTEGER REFERENCES person (id);
ALTER TABLE ticket ADD COLUMN stage_before TEXT;
CREATE INDEX ticket_by_closer ON ticket (closed_by) WHERE closed_by IS NOT NULL;

-- Who sees a ticket besides its requester and the company, because somebody added them.
CREATE TABLE participant (
    ticket INTEGER NOT NULL REFERENCES ticket (number),
    person_id INTEGER NOT NULL REFERENCES person (id),
    added_by INTEGER REFERENCES person (id),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (ticket, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX participant_by_person ON participant (person_id, ticket);
CREATE INDEX participant_by_adder ON participant (added_by);

CREATE TABLE rating (
    ticket INTEGER PRIMARY KEY REFERENCES ticket (number),
    person_id INTEGER NOT NULL REFERENCES person (id),
    score TEXT NOT NULL CHECK (score IN ('good', 'bad')),
    comment TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX rating_by_person ON rating (person_id);

-- The kinds of mail are the program's to know: each new one would otherwise make this table anew.
ALTER TABLE outbox RENAME TO outbox_0002;
DROP INDEX outbox_due;
DROP INDEX outbox_one_reset;
DROP INDEX outbox_one_known;
DROP INDEX outbox_by_ticket;
DROP INDEX outbox_by_person;
DROP INDEX outbox_by_message;
DROP INDEX outbox_by_sign_up;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind <> ''),
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

INSERT INTO outbox (id, kind, person_id, ticket, message_id, sign_up_id, created_at, due_at, attempts, last_error,
        sent_at)
    SELECT id, kind, person_id, ticket, message_id, sign_up_id, created_at, due_at, attempts, last_error, sent_at
    FROM outbox_0002;

-- Ids are never given twice: the names of mails are made from them.
UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence
    WHERE name = 'outbox_0002')) WHERE name = 'outbox';
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'outbox', seq FROM sqlite_sequence WHERE name = 'outbox_0002'
    AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox');
DROP TABLE outbox_0002;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_reset ON outbox (person_id) WHERE kind = 'reset' AND sent_at IS NULL;
CREATE UNIQUE INDEX outbox_one_known ON outbox (person_id) WHERE kind = 'sign_up_known' AND sent_at IS NULL;
CREATE INDEX outbox_by_ticket ON outbox (ticket);
CREATE INDEX outbox_by_person ON outbox (person_id);
CREATE INDEX outbox_by_message ON outbox (message_id);
CREATE INDEX outbox_by_sign_up ON outbox (sign_up_id);
