-- Texts that the team keeps ready, with placeholders for what is known of the ticket that they are written on.
CREATE TABLE saved_reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1, -- counts its changes: nobody writes over what they did not read
    title TEXT NOT NULL CHECK (title <> ''),
    body TEXT NOT NULL CHECK (body <> ''),
    locale TEXT, -- NULL: for customers of all languages
    inbox TEXT, -- NULL: for tickets of all inboxes
    person_id INTEGER REFERENCES person (id), -- who wrote it last
    changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_reply_by_title ON saved_reply (title, coalesce(locale, ''), coalesce(inbox, ''));
CREATE INDEX saved_reply_by_person ON saved_reply (person_id);
