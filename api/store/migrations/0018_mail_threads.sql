-- What a mail is called that a message came by (its Message-ID, without angle brackets), so that mails about it
-- stand below it in the reader's own program, and answers to it find its ticket. NULL: it came another way.
ALTER TABLE message ADD COLUMN mail_id TEXT;
CREATE INDEX message_by_mail ON message (mail_id) WHERE mail_id IS NOT NULL;

-- What a mail said that nothing was with, as a hash: programs say the same again and again. NULL: not known.
ALTER TABLE inbound ADD COLUMN words BLOB;
