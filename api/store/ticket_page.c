#include "ticket_page.h"

#include "inside.h"
#include "participant_inside.h"

/* What TICKET_PAGE has after a ticket's own columns. */
enum column { MAY_SHARE = TICKET_COLUMN_COUNT, SCORE, COMMENT, IS_SHARED, FOLLOWS, FOLLOWED_BY };

static void read_row(struct query *query, struct arena *arena, const struct viewer *viewer,
                     struct ticket_page *page, bool *shared)
{
    ticket_read_row(query, arena, &page->ticket);
    page->participants.may_share = query_int(query, MAY_SHARE) != 0;
    if (rating_shows(viewer, &page->ticket))
        page->rating = (struct rating){query_text(query, SCORE, arena), query_text(query, COMMENT, arena)};
    *shared = query_int(query, IS_SHARED) != 0;
    page->follows = query_int(query, FOLLOWS);
    page->followed_by = query_int(query, FOLLOWED_BY);
}

static enum rc read_ticket(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                           int64_t number, struct ticket_page *page, bool *shared)
{
    struct query query = query_begin_as(conn, SQL_TICKET_PAGE, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        read_row(&query, arena, viewer, page, shared);
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* One reader for all of it: waiting for another one at each step would cost more than the reading. */
enum rc ticket_page_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        struct ticket_page *page)
{
    bool shared = false;
    *page = (struct ticket_page){0};
    struct conn *conn = db_read(store->db);
    enum rc rc = db_hold(conn);
    if (rc == RC_OK)
        rc = read_ticket(conn, arena, viewer, number, page, &shared);
    if (rc == RC_OK && shared)
        rc = participant_read(conn, arena, viewer, number, &page->participants);
    if (rc == RC_OK)
        rc = ticket_read_messages(conn, arena, viewer, number, 0, &page->latest);
    db_done(conn);
    return rc;
}
