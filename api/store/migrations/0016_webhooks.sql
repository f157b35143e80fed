-- Webhooks: programs elsewhere that are told what happens to tickets and customers.
--
-- What they are owed is written by triggers, in the transaction of its cause and whoever writes that: none of the many
-- ways to change a ticket can forget it. A row names what happened and to whom; the words are read when it is sent.
-- So nothing here outlives an erasure.
CREATE TABLE hook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL CHECK (url <> ''),
    secret BLOB NOT NULL CHECK (length(secret) = 32), -- what is sent is signed with it
    events TEXT NOT NULL CHECK (events LIKE ' % '), -- ' ticket.created message.added '
    created_at INTEGER NOT NULL
) STRICT;

-- What one of them is owed, or got. No foreign keys but the hook's: it outlives what it speaks of.
CREATE TABLE hook_delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hook_id INTEGER NOT NULL REFERENCES hook (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind <> ''),
    ticket INTEGER,
    message_id INTEGER,
    person_id INTEGER,
    changed TEXT NOT NULL CHECK (changed LIKE ' %'), -- ' stage owner '
    lane INTEGER NOT NULL, -- of what one thing is told in order: the ticket's number, or the person's below 0
    created_at INTEGER NOT NULL,
    since_at INTEGER NOT NULL, -- from when on it is tried, until it is given up
    due_at INTEGER, -- NULL: it waits for an earlier one of its lane, or has ended
    attempts INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER, -- the last time, as all that follows
    took_ms INTEGER,
    status INTEGER, -- of HTTP; NULL: there was no answer
    answer TEXT, -- its first bytes
    why TEXT, -- it was not taken
    ended_at INTEGER,
    outcome TEXT CHECK (outcome IN ('delivered', 'given_up')),
    CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CHECK (ended_at IS NULL OR due_at IS NULL)
) STRICT;

CREATE INDEX hook_delivery_due ON hook_delivery (hook_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX hook_delivery_owed ON hook_delivery (hook_id, lane, id) WHERE ended_at IS NULL;
CREATE INDEX hook_delivery_ended ON hook_delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX hook_delivery_by_hook ON hook_delivery (hook_id, id);
CREATE INDEX hook_delivery_by_ticket ON hook_delivery (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX hook_delivery_by_person ON hook_delivery (person_id) WHERE person_id IS NOT NULL;

-- While it has a row, nobody is told of what is written: an import brings along what happened long ago, elsewhere.
CREATE TABLE hook_pause (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT;

-- Where news are handed in: the trigger below makes a delivery of them for each hook that wants them.
CREATE VIEW hook_news (kind, ticket, message_id, person_id, changed) AS SELECT NULL, NULL, NULL, NULL, NULL WHERE 0;

CREATE TRIGGER hook_news_told INSTEAD OF INSERT ON hook_news
BEGIN
    INSERT INTO hook_delivery (hook_id, kind, ticket, message_id, person_id, changed, lane, created_at, since_at, due_at)
    SELECT hook.id, NEW.kind, NEW.ticket, NEW.message_id, NEW.person_id, NEW.changed,
        coalesce(NEW.ticket, -NEW.person_id), moment.now, moment.now,
        iif(EXISTS (SELECT 1 FROM hook_delivery AS earlier WHERE earlier.hook_id = hook.id AND earlier.ended_at IS NULL
            AND earlier.lane = coalesce(NEW.ticket, -NEW.person_id)), NULL, moment.now)
    FROM hook, (SELECT CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER) AS now) AS moment
    WHERE instr(hook.events, ' ' || NEW.kind || ' ') AND NOT EXISTS (SELECT 1 FROM hook_pause);
END;

CREATE TRIGGER hook_ticket_created AFTER INSERT ON ticket WHEN EXISTS (SELECT 1 FROM hook)
BEGIN
    INSERT INTO hook_news (kind, ticket, changed) VALUES ('ticket.created', NEW.number, ' ');
END;

CREATE TRIGGER hook_ticket_changed
AFTER UPDATE OF subject, requester_id, company_id, owner_id, inbox, pipeline, stage, category, priority, properties, open
ON ticket WHEN EXISTS (SELECT 1 FROM hook) AND (OLD.subject, OLD.requester_id, OLD.company_id, OLD.owner_id, OLD.inbox,
    OLD.pipeline, OLD.stage, OLD.category, OLD.priority, OLD.properties, OLD.open) IS NOT (NEW.subject, NEW.requester_id,
    NEW.company_id, NEW.owner_id, NEW.inbox, NEW.pipeline, NEW.stage, NEW.category, NEW.priority, NEW.properties, NEW.open)
BEGIN
    INSERT INTO hook_news (kind, ticket, changed) VALUES (
        CASE NEW.open - OLD.open WHEN -1 THEN 'ticket.closed' WHEN 1 THEN 'ticket.reopened' ELSE 'ticket.changed' END,
        NEW.number, ' ' || iif(OLD.subject IS NOT NEW.subject, 'subject ', '')
        || iif(OLD.requester_id IS NOT NEW.requester_id, 'requester ', '')
        || iif(OLD.company_id IS NOT NEW.company_id, 'company ', '')
        || iif(OLD.owner_id IS NOT NEW.owner_id, 'owner ', '') || iif(OLD.inbox IS NOT NEW.inbox, 'inbox ', '')
        || iif(OLD.pipeline IS NOT NEW.pipeline, 'pipeline ', '') || iif(OLD.stage IS NOT NEW.stage, 'stage ', '')
        || iif(OLD.category IS NOT NEW.category, 'category ', '')
        || iif(OLD.priority IS NOT NEW.priority, 'priority ', '')
        || iif(OLD.properties IS NOT NEW.properties, 'properties ', '')
        || iif(OLD.open IS NOT NEW.open, 'status ', ''));
END;

CREATE TRIGGER hook_message_added AFTER INSERT ON message WHEN EXISTS (SELECT 1 FROM hook)
BEGIN
    INSERT INTO hook_news (kind, ticket, message_id, changed)
    SELECT iif(NEW.internal, 'note.added', 'message.added'), thread.ticket, NEW.id, ' '
    FROM thread WHERE thread.id = NEW.thread_id;
END;

CREATE TRIGGER hook_ticket_rated AFTER INSERT ON rating WHEN EXISTS (SELECT 1 FROM hook)
BEGIN
    INSERT INTO hook_news (kind, ticket, changed) VALUES ('ticket.rated', NEW.ticket, ' ');
END;

CREATE TRIGGER hook_ticket_rated_anew AFTER UPDATE OF score, comment ON rating
WHEN EXISTS (SELECT 1 FROM hook) AND (OLD.score, OLD.comment) IS NOT (NEW.score, NEW.comment)
BEGIN
    INSERT INTO hook_news (kind, ticket, changed) VALUES ('ticket.rated', NEW.ticket, ' ');
END;

CREATE TRIGGER hook_contact_created AFTER INSERT ON person WHEN NEW.role = 'contact' AND EXISTS (SELECT 1 FROM hook)
BEGIN
    INSERT INTO hook_news (kind, person_id, changed) VALUES ('contact.created', NEW.id, ' ');
END;

-- Whose row is emptied has been erased, and that is told instead.
CREATE TRIGGER hook_contact_changed
AFTER UPDATE OF email, first_name, last_name, locale, company_id, manager, properties, disabled_at ON person
WHEN NEW.role = 'contact' AND EXISTS (SELECT 1 FROM hook)
    AND (OLD.email, OLD.first_name, OLD.last_name, OLD.locale, OLD.company_id, OLD.manager, OLD.properties,
        OLD.disabled_at IS NULL) IS NOT (NEW.email, NEW.first_name, NEW.last_name, NEW.locale, NEW.company_id,
        NEW.manager, NEW.properties, NEW.disabled_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.id AND erasure.begun_at IS NOT NULL)
BEGIN
    INSERT INTO hook_news (kind, person_id, changed) VALUES ('contact.changed', NEW.id,
        ' ' || iif(OLD.email IS NOT NEW.email, 'email ', '')
        || iif((OLD.first_name, OLD.last_name) IS NOT (NEW.first_name, NEW.last_name), 'name ', '')
        || iif(OLD.locale IS NOT NEW.locale, 'locale ', '')
        || iif(OLD.company_id IS NOT NEW.company_id, 'company ', '')
        || iif(OLD.manager IS NOT NEW.manager, 'manager ', '')
        || iif(OLD.properties IS NOT NEW.properties, 'properties ', '')
        || iif((OLD.disabled_at IS NULL) IS NOT (NEW.disabled_at IS NULL), 'disabled ', ''));
END;

CREATE TRIGGER hook_contact_erased AFTER UPDATE OF begun_at ON erasure
WHEN OLD.begun_at IS NULL AND NEW.begun_at IS NOT NULL AND EXISTS (SELECT 1 FROM hook)
BEGIN
    INSERT INTO hook_news (kind, person_id, changed) VALUES ('contact.erased', NEW.person_id, ' ');
END;
