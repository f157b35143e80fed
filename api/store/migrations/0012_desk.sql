-- What the team works with: queues, and changes of a ticket that do not overwrite each other.

-- Counts up with each change of what the team sets: who changes it says what they had before them.
ALTER TABLE ticket ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER ticket_changes
AFTER UPDATE OF owner_id, stage, pipeline, inbox, category, priority, properties, open ON ticket
BEGIN UPDATE ticket SET version = version + 1 WHERE number = NEW.number; END;

-- How many are open in each inbox and stage, whose and nobody's, from the index alone.
CREATE INDEX ticket_by_queue ON ticket (open, inbox, pipeline, stage, owner_id);
