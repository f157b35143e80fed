/* What of a ticket a search found, for people to see. */
#include "inside.h"
#include "search.h"

#include <string.h>

enum { SNIPPET_BYTES = 220 };

/* The message that has most of the words; of several the latest. */
static char *choose_message(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                            const struct search_wanted *words, int64_t number, enum rc *rc)
{
    char *best = NULL;
    int most = 0;
    struct query query = query_begin_as(conn, SQL_SEARCH_SHOWN, viewer);
    query_bind_int(&query, ":number", number);
    while (most < (int)words->count && query_step(&query)) {
        size_t len;
        const char *text = query_span(&query, 0, &len);
        int count = text ? __builtin_popcount(search_mask(words, text, len)) : 0;
        if (count <= most)
            continue;
        best = query_text(&query, 0, arena);
        most = count;
    }
    *rc = query_end(&query);
    return *rc == RC_OK ? best : NULL;
}

enum rc search_show(struct conn *conn, struct arena *arena, const struct viewer *viewer, const char *typed,
                    struct ticket *ticket)
{
    struct search_wanted words;
    enum rc rc;
    search_wanted_read(&words, typed);
    if (!search_pieces(arena, &words, ticket->subject, strlen(ticket->subject), 0, &ticket->found_subject,
                       &ticket->found_subject_count))
        return RC_INTERNAL;
    const char *message = choose_message(conn, arena, viewer, &words, ticket->number, &rc);
    if (message && !search_pieces(arena, &words, message, strlen(message), SNIPPET_BYTES, &ticket->found,
                                  &ticket->found_count))
        return RC_INTERNAL;
    return rc;
}
