/*
 * search: the index of what tickets' subjects and public messages say; internal to this room.
 *
 * The index only proposes tickets: what a viewer may see is asked of each in the query that finds them.
 * Internal messages are never read into it (T21).
 */
#ifndef GUICHET_STORE_SEARCH_H
#define GUICHET_STORE_SEARCH_H

#include "../../lib/arena.h"
#include "db.h"
#include "search_text.h"

/*
 * Within a write transaction: add words to those of this ticket, with its commit (search_later.h). The index
 * appends: a ticket's later words come beside its earlier ones.
 */
void search_add(struct conn *conn, int64_t number, const char *text);

/* The same for a new ticket: its subject and its number. */
void search_add_ticket(struct conn *conn, int64_t number, const char *subject);

/*
 * Within a write transaction that is the first of its round (conn->follows is false): take all words of this
 * ticket out of the index, by what the ticket says now; then, when it says something else, add those. The
 * files have the old words until search_tidy() is done.
 */
void search_forget(struct conn *conn, int64_t number);
void search_learn(struct conn *conn, int64_t number);

/* Make one segment of all, without what was taken out; in many short transactions. */
enum rc search_tidy(struct db *db);

/*
 * Read what an older version of the program, or another one, wrote: in batches, each a transaction. After
 * many tickets the index is one segment.
 */
enum rc search_catch_up(struct db *db);

/*
 * What to MATCH for tickets that have all the words and could be the viewer's, in `arena`. NULL: no memory,
 * or an error of the database, which is then in *rc.
 */
const char *search_expression(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                              const struct search_wanted *wanted, enum rc *rc);

/* Cut what was found of a ticket into pieces: its subject, and the message that has most of the words. */
enum rc search_show(struct conn *conn, struct arena *arena, const struct viewer *viewer, const char *typed,
                    struct ticket *ticket);

/*
 * Make the functions that statements of a list call: search_has(text, typed), whether the text has all the
 * words, and search_plain(text), the beginning of a text as it is sorted: without case, accents and marks.
 */
bool search_functions(sqlite3 *sqlite);

#endif
