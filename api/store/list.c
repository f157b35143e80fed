#include "list.h"

#include "filter.h"
#include "inside.h"
#include "search.h"
#include "visible.h"
#include "visible_inside.h"

#include <stdlib.h>
#include <string.h>

/* How a cursor tells which kind of key it has; nothing at all: it is not known. */
enum { KEY_NUMBER = 'n', KEY_TEXT = 't' };

/* A way to be allowed to see tickets, and the index that has them by their last activity. */
struct arm {
    const char *index;
    const char *rule;
};

static const struct arm own = {"ticket_by_requester", VISIBLE_OWN " AND " VISIBLE_SHOWS};
static const struct arm company = {"ticket_by_company", VISIBLE_COMPANY " AND " VISIBLE_SHOWS};
static const struct arm owner = {"ticket_by_owner", "ticket.owner_id = :person AND " VISIBLE_STAFF};
static const struct arm staff = {"ticket_by_activity", VISIBLE_STAFF};

enum { ARMS_MAX = 4 };

struct list {
    struct sql sql;
    const struct viewer *viewer;
    const struct ticket_query *wanted;
    const struct arm *arms[ARMS_MAX];
    size_t arm_count;
    const char *match; /* of the index; NULL: nothing is searched for */
    bool nothing;      /* it is searched for what no ticket has: no words at all */
    bool by_key;       /* in another order than by last activity */
};

bool list_is_special(const struct ticket_query *wanted)
{
    return wanted->search || wanted->filter || wanted->order.property;
}

static void choose_arms(struct list *list)
{
    const struct viewer *viewer = list->viewer;
    bool mine = list->wanted->mine;
    if (viewer->staff) {
        list->arms[list->arm_count++] = mine ? &owner : &staff;
        return;
    }
    list->arms[list->arm_count++] = &own;
    if (!mine && viewer->company_id != 0)
        list->arms[list->arm_count++] = &company;
}

/* Words of messages that the viewer's rule hides are in the index, too: then the texts themselves are asked.
 */
static bool must_ask_texts(const struct viewer *viewer)
{
    return !viewer->staff && viewer->rule && viewer->rule->pieces[VISIBLE_MESSAGES].sql.len > 0;
}

/* Each condition of its own on a row of `ticket`, whatever the arm. */
static void add_conditions(struct list *list)
{
    struct sql *sql = &list->sql;
    if (list->nothing)
        sql_add(sql, " AND 0");
    if (list->match)
        sql_add(sql, " AND ticket.number IN (SELECT number FROM found)");
    if (list->match && must_ask_texts(list->viewer)) {
        sql_add(sql, " AND search_has(ticket.subject || ' ' || ticket.number || ' ' || coalesce("
                     "(SELECT group_concat(message.body, ' ') FROM thread JOIN message"
                     " ON message.thread_id = thread.id WHERE thread.ticket = ticket.number"
                     " AND message.internal = 0 AND " VISIBLE_MESSAGE "), ''), ");
        sql_add_text(sql, list->wanted->search);
        sql_add(sql, ")");
    }
    if (list->wanted->filter) {
        sql_add(sql, " AND ");
        filter_add(sql, list->wanted->filter, FILTER_TICKETS);
    }
}

/* Where an option stands among those of its property. */
static void add_choice(struct list *list, const struct ticket_order *order)
{
    struct sql *sql = &list->sql;
    bool several = order->type == PROPERTY_MULTI_SELECT;
    sql_add(sql, "(SELECT min(choice.key) FROM json_each(");
    sql_add_texts(sql, order->values, order->value_count);
    sql_add(sql, several ? ") AS choice WHERE choice.value IN (SELECT value FROM json_each(coalesce("
                         : ") AS choice WHERE choice.value = ");
    filter_add_property(sql, order->property, FILTER_TICKETS);
    sql_add(sql, several ? ", '[]'))))" : ")");
}

/* What it is sorted by; NULL comes last. */
static void add_key(struct list *list)
{
    const struct ticket_order *order = &list->wanted->order;
    const char *before = "", *behind = "";
    if (!list->by_key) {
        sql_add(&list->sql, "ticket.last_activity_at");
        return;
    }
    if (order->value_count > 0) {
        add_choice(list, order);
        return;
    }
    if (order->type == PROPERTY_TEXT || order->type == PROPERTY_SELECT) {
        before = "nullif(search_plain(";
        behind = "), '')";
    } else if (order->type == PROPERTY_CHECKBOX) {
        before = "coalesce(";
        behind = ", 0)";
    }
    sql_add(&list->sql, before);
    filter_add_property(&list->sql, order->property, FILTER_TICKETS);
    sql_add(&list->sql, behind);
}

/* Its key, number and whether it is open, of each ticket of an arm. */
static void add_arm(struct list *list, const struct arm *arm, bool open)
{
    struct sql *sql = &list->sql;
    sql_add(sql, "SELECT ");
    add_key(list);
    sql_add(sql, " AS key, ticket.number AS number, ticket.open AS open FROM ticket INDEXED BY ");
    sql_add(sql, arm->index);
    sql_add(sql, " WHERE ");
    sql_add(sql, arm->rule);
    sql_add(sql, open ? " AND ticket.open = 1" : " AND ticket.open = 0");
    add_conditions(list);
}

/* The index is asked once, however many arms there are. */
static void add_found(struct list *list)
{
    if (!list->match)
        return;
    sql_add(&list->sql, "WITH found (number) AS MATERIALIZED (SELECT rowid FROM search WHERE search MATCH ");
    sql_add_text(&list->sql, list->match);
    sql_add(&list->sql, ") ");
}

/* Newest activity first: each arm stops where the page is full, see statements.c. */
static void add_after_newest(struct list *list)
{
    const struct ticket_cursor *after = &list->wanted->after;
    if (after->number == 0)
        return;
    sql_add(&list->sql, " AND (ticket.last_activity_at, ticket.number) < (");
    sql_add_number(&list->sql, (double)after->last_activity_at);
    sql_add(&list->sql, ", ");
    sql_add_number(&list->sql, (double)after->number);
    sql_add(&list->sql, ")");
}

static bool is_wanted(const struct list *list, bool open)
{
    return list->wanted->status == TICKET_ANY || (list->wanted->status == TICKET_OPEN) == open;
}

/* The arms, merged without doubles: a ticket may be one's own and the company's. */
static void add_arms(struct list *list, bool counted)
{
    const char *between = "";
    for (size_t i = 0; i < list->arm_count * 2; i++) {
        bool open = i % 2 == 0;
        if (!counted && !is_wanted(list, open))
            continue;
        sql_add(&list->sql, between);
        add_arm(list, list->arms[i / 2], open);
        if (!counted && !list->by_key)
            add_after_newest(list);
        between = list->arm_count > 1 ? " UNION " : " UNION ALL ";
    }
}

/* The rows after a cursor: its key, and the number within that. Unknown ones are behind all others. */
static void add_after_key(struct list *list)
{
    const struct ticket_cursor *after = &list->wanted->after;
    struct sql *sql = &list->sql;
    bool known = after->key && *after->key;
    if (after->number == 0)
        return;
    sql_add(sql, known ? " WHERE (key IS NULL OR key" : " WHERE key IS NULL");
    for (int i = 0; known && i < 2; i++) {
        sql_add(sql, i > 0 ? " OR (key = " : list->wanted->order.falling ? " < " : " > ");
        if (*after->key == KEY_NUMBER)
            sql_add_number(sql, strtod(after->key + 1, NULL));
        else
            sql_add_text(sql, after->key + 1);
    }
    sql_add(sql, " AND number < ");
    sql_add_number(sql, (double)after->number);
    sql_add(sql, known ? "))" : "");
}

static void compose_page(struct list *list)
{
    add_found(list);
    sql_add(&list->sql, list->by_key ? "SELECT key, number FROM (" : "");
    add_arms(list, false);
    if (!list->by_key) {
        sql_add(&list->sql, " ORDER BY 1 DESC, 2 DESC LIMIT :limit");
        return;
    }
    sql_add(&list->sql, ")");
    add_after_key(list);
    sql_add(&list->sql, list->wanted->order.falling
                            ? " ORDER BY key IS NULL, key DESC, number DESC LIMIT :limit"
                            : " ORDER BY key IS NULL, key, number DESC LIMIT :limit");
}

static void compose_count(struct list *list)
{
    add_found(list);
    sql_add(&list->sql, "SELECT count(*) FILTER (WHERE open), count(*) FILTER (WHERE NOT open) FROM (");
    list->by_key = false;
    add_arms(list, true);
    sql_add(&list->sql, ")");
}

static enum rc list_begin(struct list *list, struct conn *conn, struct arena *arena,
                          const struct viewer *viewer, const struct ticket_query *wanted)
{
    struct search_wanted words;
    enum rc rc = RC_OK;
    *list = (struct list){.sql = sql_begin(arena, 'l'),
                          .viewer = viewer,
                          .wanted = wanted,
                          .by_key = wanted->order.property != NULL};
    choose_arms(list);
    if (!wanted->search)
        return RC_OK;
    search_wanted_read(&words, wanted->search);
    list->nothing = words.count == 0;
    if (!list->nothing)
        list->match = search_expression(conn, arena, viewer, &words, &rc);
    return rc;
}

/* What a row is sorted by, as a cursor tells it. */
static const char *read_key(struct query *query, struct arena *arena)
{
    switch (sqlite3_column_type(query->stmt, 0)) {
    case SQLITE_NULL:
        return "";
    case SQLITE_TEXT:
        return arena_printf(arena, "%c%s", KEY_TEXT, (const char *)sqlite3_column_text(query->stmt, 0));
    default:
        return arena_printf(arena, "%c%.17g", KEY_NUMBER, sqlite3_column_double(query->stmt, 0));
    }
}

/* Visit what a row of the page names. False: enough, or an error. */
static bool visit_row(struct query *page, const struct list *list, struct arena *rows, ticket_visit *visit,
                      void *context, enum rc *rc)
{
    struct ticket ticket;
    *rc = ticket_read(page->conn, rows, list->viewer, query_int(page, 1), &ticket);
    if (*rc == RC_NOT_FOUND) /* the rule, asked again, says no */
        return true;
    ticket.key = list->by_key ? read_key(page, rows) : NULL;
    return *rc == RC_OK && visit(context, &ticket);
}

enum rc list_visit(struct conn *conn, struct arena *arena, struct arena *rows, const struct viewer *viewer,
                   const struct ticket_query *wanted, int limit, ticket_visit *visit, void *context)
{
    struct list list;
    enum rc rc = list_begin(&list, conn, arena, viewer, wanted);
    if (rc != RC_OK)
        return rc;
    compose_page(&list);
    struct query page = query_begin_sql_as(conn, "LIST", &list.sql, viewer);
    query_bind_int(&page, ":limit", limit > 0 ? limit : -1);
    while (query_step(&page) && visit_row(&page, &list, rows, visit, context, &rc))
        ;
    enum rc ended = query_end(&page);
    return ended != RC_OK ? ended : rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc list_count(struct conn *conn, struct arena *arena, const struct viewer *viewer,
                   const struct ticket_query *wanted, struct ticket_counts *counts)
{
    struct list list;
    enum rc rc = list_begin(&list, conn, arena, viewer, wanted);
    if (rc != RC_OK)
        return rc;
    compose_count(&list);
    struct query query = query_begin_sql_as(conn, "LIST_COUNT", &list.sql, viewer);
    if (query_step(&query))
        *counts = (struct ticket_counts){.open = query_int(&query, 0), .closed = query_int(&query, 1)};
    return query_end(&query);
}
