#include "ticket.h"

#include "inside.h"
#include "list.h"
#include "search.h"

enum { LIST_MAX = 100, WALK_PAGE = 500 };

void ticket_read_row(struct query *query, struct arena *arena, struct ticket *ticket)
{
    *ticket = (struct ticket){
        .number = query_int(query, 0),
        .subject = query_text(query, 1, arena),
        .requester_id = query_int(query, 2),
        .requester_first_name = query_text(query, 3, arena),
        .requester_last_name = query_text(query, 4, arena),
        .company_name = query_text(query, 5, arena),
        .owner_first_name = query_text(query, 6, arena),
        .inbox = query_text(query, 7, arena),
        .pipeline = query_text(query, 8, arena),
        .stage = query_text(query, 9, arena),
        .category = query_text(query, 10, arena),
        .priority = query_text(query, 11, arena),
        .created_at = query_int(query, 12),
        .last_activity_at = query_int(query, 13),
        .closed_at = query_int(query, 14),
        .closed = !query_is_null(query, 14),
        .source = query_text(query, 15, arena),
        .properties = query_text(query, 16, arena),
        .owner_last_name = query_text(query, 17, arena),
        .owner_id = query_int(query, 18),
        .version = query_int(query, 19),
    };
}

static enum statement choose_list(const struct viewer *viewer, const struct ticket_query *query)
{
    bool any = query->status == TICKET_ANY;
    if (viewer->staff && query->view == TICKETS_MINE)
        return any ? SQL_LIST_OWNER_ANY : SQL_LIST_OWNER;
    if (viewer->staff)
        return any ? SQL_LIST_STAFF_ANY : SQL_LIST_STAFF;
    if (query->view == TICKETS_MINE)
        return any ? SQL_LIST_OWN_ANY : SQL_LIST_OWN;
    if (query->view == TICKETS_SHARED)
        return any ? SQL_LIST_SHARED_ANY : SQL_LIST_SHARED;
    if (viewer->company_id == 0)
        return any ? SQL_LIST_PERSON_ANY : SQL_LIST_PERSON;
    return any ? SQL_LIST_COMPANY_ANY : SQL_LIST_COMPANY;
}

static void bind_page(struct query *query, const struct ticket_query *wanted, int limit)
{
    bool first = wanted->after.number == 0 && wanted->after.last_activity_at == 0;
    query_bind_int(query, ":after_activity", first ? INT64_MAX : wanted->after.last_activity_at);
    query_bind_int(query, ":after_number", first ? INT64_MAX : wanted->after.number);
    query_bind_int(query, ":limit", limit);
    if (wanted->status != TICKET_ANY)
        query_bind_int(query, ":open", wanted->status == TICKET_OPEN);
}

/* The rows of one page; `*count` of them. */
static enum rc list_page(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                         const struct ticket_query *wanted, struct ticket *tickets, size_t *count)
{
    struct query query = query_begin_as(conn, choose_list(viewer, wanted), viewer);
    bind_page(&query, wanted, wanted->limit);
    *count = 0;
    while (query_step(&query))
        ticket_read_row(&query, arena, &tickets[(*count)++]);
    return query_end(&query);
}

struct collecting {
    struct ticket *tickets;
    size_t count;
};

static bool collect(void *context, const struct ticket *ticket)
{
    struct collecting *collecting = context;
    collecting->tickets[collecting->count++] = *ticket;
    return true;
}

/* As one moment has it: what is found is read again, row by row. */
static enum rc special_page(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                            const struct ticket_query *wanted, struct ticket *tickets, size_t *count)
{
    struct collecting collecting = {.tickets = tickets};
    enum rc rc = db_hold(conn);
    if (rc == RC_OK)
        rc = list_visit(conn, arena, arena, viewer, wanted, wanted->limit, collect, &collecting);
    for (size_t i = 0; rc == RC_OK && wanted->search && i < collecting.count; i++)
        rc = search_show(conn, arena, viewer, wanted->search, &tickets[i]);
    *count = collecting.count;
    return rc;
}

enum rc ticket_list(struct store *store, struct arena *arena, const struct viewer *viewer,
                    const struct ticket_query *wanted, struct ticket **tickets, size_t *count)
{
    if (wanted->limit < 1 || wanted->limit > LIST_MAX)
        return RC_BAD_INPUT;
    *count = 0;
    *tickets = arena_alloc(arena, (size_t)wanted->limit * sizeof **tickets);
    if (!*tickets)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    enum rc rc = list_is_special(wanted) ? special_page(conn, arena, viewer, wanted, *tickets, count)
                                         : list_page(conn, arena, viewer, wanted, *tickets, count);
    db_done(conn);
    return rc;
}

static enum rc visit_page(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                          struct ticket_query *page, ticket_visit *visit, void *context, bool *more)
{
    size_t count;
    arena_reset(arena);
    struct ticket *tickets = arena_alloc(arena, (size_t)page->limit * sizeof *tickets);
    enum rc rc = tickets ? list_page(conn, arena, viewer, page, tickets, &count) : RC_INTERNAL;
    *more = rc == RC_OK && count == (size_t)page->limit;
    for (size_t i = 0; rc == RC_OK && i < count; i++) {
        if (!visit(context, &tickets[i]))
            *more = false, count = i;
        page->after = (struct ticket_cursor){.last_activity_at = tickets[i].last_activity_at,
                                             .number = tickets[i].number};
    }
    return rc;
}

static enum rc walk_pages(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                          const struct ticket_query *wanted, ticket_visit *visit, void *context)
{
    struct ticket_query page = {.status = wanted->status, .view = wanted->view, .limit = WALK_PAGE};
    enum rc rc = RC_OK;
    for (bool more = true; rc == RC_OK && more;)
        rc = visit_page(conn, arena, viewer, &page, visit, context, &more);
    return rc;
}

struct passing {
    struct arena *rows;
    ticket_visit *visit;
    void *context;
};

static bool pass_on(void *context, const struct ticket *ticket)
{
    struct passing *passing = context;
    bool more = passing->visit(passing->context, ticket);
    arena_reset(passing->rows);
    return more;
}

static enum rc walk_special(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                            const struct ticket_query *wanted, ticket_visit *visit, void *context)
{
    struct ticket_query all = *wanted;
    struct passing passing = {arena_new(0), visit, context};
    if (!passing.rows)
        return RC_INTERNAL;
    all.after = (struct ticket_cursor){0};
    enum rc rc = list_visit(conn, arena, passing.rows, viewer, &all, 0, pass_on, &passing);
    arena_free(passing.rows);
    return rc;
}

/* Pages one after the other would miss a ticket that moves to the top meanwhile: one snapshot holds them all.
 */
enum rc ticket_walk(struct store *store, const struct viewer *viewer, const struct ticket_query *wanted,
                    ticket_visit *visit, void *context)
{
    struct arena *arena = arena_new(0);
    if (!arena)
        return RC_INTERNAL;
    pthread_mutex_lock(&store->walking);
    struct conn *conn = db_read(store->db);
    enum rc rc = db_hold(conn);
    if (rc == RC_OK)
        rc = list_is_special(wanted) ? walk_special(conn, arena, viewer, wanted, visit, context)
                                     : walk_pages(conn, arena, viewer, wanted, visit, context);
    db_done(conn);
    pthread_mutex_unlock(&store->walking);
    arena_free(arena);
    return rc;
}

static enum statement choose_count(const struct viewer *viewer, enum ticket_view view)
{
    if (viewer->staff)
        return view == TICKETS_MINE ? SQL_COUNT_OWNER : SQL_COUNT_STAFF;
    if (view != TICKETS_SEEN)
        return view == TICKETS_MINE ? SQL_COUNT_OWN : SQL_COUNT_SHARED;
    return viewer->company_id == 0 ? SQL_COUNT_PERSON : SQL_COUNT_COMPANY;
}

enum rc ticket_count(struct store *store, const struct viewer *viewer, enum ticket_view view,
                     struct ticket_counts *counts)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, choose_count(viewer, view), viewer);
    if (query_step(&query))
        *counts = (struct ticket_counts){.open = query_int(&query, 0), .closed = query_int(&query, 1)};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc ticket_count_found(struct store *store, struct arena *arena, const struct viewer *viewer,
                           const struct ticket_query *wanted, struct ticket_counts *counts)
{
    if (!wanted->search && !wanted->filter)
        return ticket_count(store, viewer, wanted->view, counts);
    struct conn *conn = db_read(store->db);
    enum rc rc = list_count(conn, arena, viewer, wanted, counts);
    db_done(conn);
    return rc;
}

enum rc ticket_read(struct conn *conn, struct arena *arena, const struct viewer *viewer, int64_t number,
                    struct ticket *ticket)
{
    struct query query = query_begin_as(conn, SQL_TICKET_GET, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        ticket_read_row(&query, arena, ticket);
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc ticket_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                   struct ticket *ticket)
{
    struct conn *conn = db_read(store->db);
    enum rc rc = ticket_read(conn, arena, viewer, number, ticket);
    db_done(conn);
    return rc;
}
