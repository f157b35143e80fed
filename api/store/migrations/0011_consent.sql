-- A consent that was withdrawn is one that was given: its row stays, and this one says that it holds no more.
CREATE TABLE consent_withdrawal (
    consent_id INTEGER PRIMARY KEY REFERENCES consent (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER consent_withdrawal_stays BEFORE UPDATE ON consent_withdrawal
BEGIN SELECT raise(ABORT, 'a withdrawal is never altered'); END;

-- None of it is removed, either: what somebody agreed to can be shown years later.
CREATE TRIGGER consent_is_kept BEFORE DELETE ON consent
BEGIN SELECT raise(ABORT, 'a consent is never removed'); END;
CREATE TRIGGER consent_text_is_kept BEFORE DELETE ON consent_text
BEGIN SELECT raise(ABORT, 'the words of a consent are never removed'); END;
CREATE TRIGGER consent_withdrawal_is_kept BEFORE DELETE ON consent_withdrawal
BEGIN SELECT raise(ABORT, 'a withdrawal is never removed'); END;

-- "INSERT OR REPLACE" would remove a row without asking the triggers before.
CREATE TRIGGER consent_is_new BEFORE INSERT ON consent WHEN EXISTS (SELECT 1 FROM consent WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'a consent is never altered'); END;
CREATE TRIGGER consent_withdrawal_is_new BEFORE INSERT ON consent_withdrawal
WHEN EXISTS (SELECT 1 FROM consent_withdrawal WHERE consent_id = NEW.consent_id)
BEGIN SELECT raise(ABORT, 'a withdrawal is never altered'); END;
CREATE TRIGGER consent_text_is_new BEFORE INSERT ON consent_text
WHEN EXISTS (SELECT 1 FROM consent_text WHERE version = NEW.version)
BEGIN SELECT raise(IGNORE); END; -- the first words stay
