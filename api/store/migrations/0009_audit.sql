-- The audit log: who did it beside the portal, from which network; and nobody changes or removes a row.

ALTER TABLE audit ADD COLUMN actor TEXT; -- an administrator at the machine: 'uid 1000, people set'; NULL: the person, or the program
ALTER TABLE audit ADD COLUMN place TEXT; -- the network that the request came from, never a whole address; NULL: from none

CREATE INDEX audit_by_time ON audit (at);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is never altered'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'nothing is removed from the audit log'); END;

-- "INSERT OR REPLACE" would remove a row without asking the trigger before.
CREATE TRIGGER audit_is_new BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'the audit log is never altered'); END;
