/*
 * Lists of what somebody searches for. Where much is found, walking the viewer's tickets in the order of the
 * list soon fills a page; where little is, looking up each that was found is quicker. How much it is tells
 * the index; how far apart, the walk itself: when it has gone on for too long, the lookup takes over where it
 * stands.
 */
#include "found.h"
#include "inside.h"
#include "list_inside.h"

/* A lookup takes as long as so many steps of the walk. */
enum { STEPS_FREE = 1000, STEPS_PER_FOUND = 10 };

struct visiting {
    struct list *list;
    struct arena *rows;
    ticket_visit *visit;
    void *context;
    int64_t left; /* how many more are wanted; -1: all */
    struct ticket_cursor after;
    enum rc rc;
};

/* What a row is sorted by, as a cursor tells it. */
static const char *read_key(struct query *query, struct arena *arena)
{
    switch (sqlite3_column_type(query->stmt, 0)) {
    case SQLITE_NULL:
        return "";
    case SQLITE_TEXT:
        return arena_printf(arena, "%c%s", LIST_KEY_TEXT, (const char *)sqlite3_column_text(query->stmt, 0));
    default:
        return arena_printf(arena, "%c%.17g", LIST_KEY_NUMBER, sqlite3_column_double(query->stmt, 0));
    }
}

/* Visit what a row of the page names. False: enough, or an error. */
static bool visit_row(struct query *page, struct visiting *visiting)
{
    struct ticket ticket;
    const struct list *list = visiting->list;
    enum rc rc = ticket_read(page->conn, visiting->rows, list->viewer, query_int(page, 1), &ticket);
    if (rc == RC_NOT_FOUND) /* the rule, asked again, says no */
        return true;
    visiting->rc = rc;
    if (rc != RC_OK)
        return false;
    ticket.key = list->by_key ? read_key(page, visiting->rows) : NULL;
    visiting->left -= visiting->left > 0;
    return visiting->visit(visiting->context, &ticket) && visiting->left != 0;
}

static enum rc visit_page(struct visiting *visiting, enum list_source source)
{
    struct list *list = visiting->list;
    list_compose_page(list, source, &visiting->after);
    struct query page = query_begin_sql_as(list->conn, "LIST", &list->sql, list->viewer);
    query_bind_int(&page, ":limit", visiting->left);
    while (query_step(&page) && visit_row(&page, visiting))
        ;
    enum rc ended = query_end(&page);
    return ended != RC_OK ? ended : visiting->rc;
}

static int64_t steps_for(const struct found *found)
{
    return STEPS_FREE + STEPS_PER_FOUND * found->count;
}

/* *whole: nothing more is to be visited. */
static enum rc visit_walking(struct visiting *visiting, const struct found *found, bool *whole)
{
    struct list *list = visiting->list;
    int64_t steps = visiting->left < 0 ? INT64_MAX : steps_for(found);
    list_compose_page(list, LIST_FROM_ALL, &visiting->after);
    struct query page = query_begin_sql_as(list->conn, "LIST", &list->sql, list->viewer);
    query_bind_int(&page, ":limit", -1);
    bool more = true;
    while (more && steps-- > 0 && query_step(&page)) {
        visiting->after.last_activity_at = query_int(&page, 0);
        visiting->after.number = query_int(&page, 1);
        more = !found_has(found, visiting->after.number) || visit_row(&page, visiting);
    }
    *whole = steps >= 0;
    enum rc ended = query_end(&page);
    return ended != RC_OK ? ended : visiting->rc;
}

/* By last activity, among what is searched for. */
static enum rc visit_found(struct visiting *visiting)
{
    struct found found;
    bool whole = true;
    enum rc rc = found_read(&found, visiting->list->conn, visiting->list->match);
    if (rc == RC_OK && found.count > 0)
        rc = visit_walking(visiting, &found, &whole);
    found_release(&found);
    return rc == RC_OK && !whole ? visit_page(visiting, LIST_FROM_FOUND) : rc;
}

enum rc list_visit(struct conn *conn, struct arena *arena, struct arena *rows, const struct viewer *viewer,
                   const struct ticket_query *wanted, int limit, ticket_visit *visit, void *context)
{
    struct list list;
    struct visiting visiting = {.list = &list,
                                .rows = rows,
                                .visit = visit,
                                .context = context,
                                .left = limit > 0 ? limit : -1,
                                .after = wanted->after};
    enum rc rc = list_begin(&list, conn, arena, viewer, wanted);
    if (rc != RC_OK)
        return rc;
    if (list.match && !list.by_key && !list.asks_texts)
        return visit_found(&visiting);
    return visit_page(&visiting, list.match ? LIST_FROM_FOUND : LIST_FROM_ALL);
}

/* *whole: all were counted. */
static enum rc count_walking(struct list *list, const struct found *found, struct ticket_counts *counts,
                             bool *whole)
{
    int64_t steps = steps_for(found);
    list_compose_all(list);
    struct query query = query_begin_sql_as(list->conn, "LIST_ALL", &list->sql, list->viewer);
    while (steps-- > 0 && query_step(&query)) {
        if (!found_has(found, query_int(&query, 1)))
            continue;
        if (query_int(&query, 2))
            counts->open++;
        else
            counts->closed++;
    }
    *whole = steps >= 0;
    return query_end(&query);
}

static enum rc count_in_sql(struct list *list, enum list_source source, struct ticket_counts *counts)
{
    list_compose_count(list, source);
    struct query query = query_begin_sql_as(list->conn, "LIST_COUNT", &list->sql, list->viewer);
    if (query_step(&query))
        *counts = (struct ticket_counts){.open = query_int(&query, 0), .closed = query_int(&query, 1)};
    return query_end(&query);
}

static enum rc count_found(struct list *list, struct ticket_counts *counts)
{
    struct found found;
    bool whole = true;
    enum rc rc = found_read(&found, list->conn, list->match);
    if (rc == RC_OK && found.count > 0)
        rc = count_walking(list, &found, counts, &whole);
    found_release(&found);
    return rc == RC_OK && !whole ? count_in_sql(list, LIST_FROM_FOUND, counts) : rc;
}

enum rc list_count(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                   const struct ticket_query *wanted, struct ticket_counts *counts)
{
    struct list list;
    enum rc rc = list_begin(&list, conn, arena, viewer, wanted);
    *counts = (struct ticket_counts){0};
    if (rc != RC_OK)
        return rc;
    if (list.match && !list.asks_texts)
        return count_found(&list, counts);
    return count_in_sql(&list, list.match ? LIST_FROM_FOUND : LIST_FROM_ALL, counts);
}
