-- Search: which words a ticket has in its subject and public messages. A row for each ticket, whose texts are not
-- kept again: words are cut and folded by the program, and each stands there twice, once for everybody ("_late")
-- and once under the ticket's company or, without one, its requester ("c4_late", "p12_late"), so that what one
-- customer looks for is found among their own tickets' words alone.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', columnsize = 0, detail = none,
    tokenize = "ascii tokenchars '_'");

-- The program merges a little at each commit; FTS5 would merge rarely and much, while everybody who writes waits.
INSERT INTO search (search, rank) VALUES ('automerge', 0);

-- Up to which ticket it knows them all: what came in by other ways is read when the store is opened.
CREATE TABLE search_progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ticket INTEGER NOT NULL
) STRICT;

INSERT INTO search_progress (id, ticket) VALUES (1, 0);
