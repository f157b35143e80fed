-- What comes within so many minutes on one ticket is one mail; 0: each is its own.
ALTER TABLE mail_choice ADD COLUMN together INTEGER NOT NULL DEFAULT 0 CHECK (together IN (0, 60, 1440));
