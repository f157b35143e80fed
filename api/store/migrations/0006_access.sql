-- Who is let in where not everybody is: groups are the settings' to name, and the store keeps their ids as they are.
CREATE TABLE access_member (
    person_id INTEGER NOT NULL REFERENCES person (id),
    group_id TEXT NOT NULL CHECK (group_id <> ''),
    source TEXT NOT NULL CHECK (source <> ''), -- who says so: 'team', 'sign_up', or a provider, whose word each sign-in renews
    added_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, group_id, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_member_by_group ON access_member (group_id, person_id);
