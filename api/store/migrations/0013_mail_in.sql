-- Mail that came in, one row for each. What waits for somebody of the team is kept as it came until it is
-- decided; of the others the row says what became of them, and keeps the same mail from counting twice.
CREATE TABLE inbound (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE CHECK (length(key) = 32), -- of sender and Message-ID
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('reply', 'ticket', 'bounce', 'quarantined', 'accepted', 'discarded', 'refused')),
    reason TEXT NOT NULL, -- why it waits or was refused: a word of the program
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id), -- whose words they became
    ticket INTEGER REFERENCES ticket (number),
    raw BLOB,
    CHECK ((state = 'quarantined') = (raw IS NOT NULL))
) STRICT;

CREATE INDEX inbound_waiting ON inbound (id) WHERE state = 'quarantined';
CREATE INDEX inbound_by_person ON inbound (person_id, received_at) WHERE person_id IS NOT NULL;
CREATE INDEX inbound_by_ticket ON inbound (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX inbound_handled ON inbound (received_at);
