-- What every reply writes touches fewer pages. A submission's ticket is that of its message: an index of its own
-- over tickets cost a page for each reply, somewhere in the file. Mail to an inbox has no person and no sign-up.
ALTER TABLE submission RENAME TO submission_0022;
DROP INDEX submission_by_age;
DROP INDEX submission_by_ticket;
DROP INDEX submission_by_message;

CREATE TABLE submission (
    person_id INTEGER NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ticket', 'reply')),
    content BLOB NOT NULL CHECK (length(content) = 32),
    message_id INTEGER NOT NULL REFERENCES message (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;

INSERT INTO submission (person_id, key, kind, content, message_id, created_at)
    SELECT person_id, key, kind, content, message_id, created_at FROM submission_0022;
DROP TABLE submission_0022;

CREATE INDEX submission_by_age ON submission (created_at);
CREATE INDEX submission_by_message ON submission (message_id);

DROP INDEX outbox_by_person;
DROP INDEX outbox_by_sign_up;
CREATE INDEX outbox_by_person ON outbox (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX outbox_by_sign_up ON outbox (sign_up_id) WHERE sign_up_id IS NOT NULL;
