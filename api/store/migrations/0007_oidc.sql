-- Who somebody is to a provider of single sign-on: issuer and subject, and never the address (OpenID Connect
-- Core 1.0, section 5.7).

CREATE TABLE identity (
    issuer TEXT NOT NULL CHECK (issuer <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    person_id INTEGER NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_by_person ON identity (person_id);

-- With which provider of the portal's a session began; NULL: with none.
ALTER TABLE session ADD COLUMN provider TEXT;
