#include "list_inside.h"

#include "filter.h"
#include "inside.h"
#include "search.h"
#include "visible.h"
#include "visible_inside.h"

#include <stdlib.h>
#include <string.h>

/* A way to be allowed to see tickets, and the index that has them. */
struct list_arm {
    const char *from;
    const char *rule;
    const char *of_one; /* the same of a single row of `ticket`; NULL: as it is */
};

static const struct list_arm own = {"ticket INDEXED BY ticket_by_requester",
                                    VISIBLE_OWN " AND " VISIBLE_SHOWS, NULL};
static const struct list_arm company = {"ticket INDEXED BY ticket_by_company",
                                        VISIBLE_COMPANY " AND " VISIBLE_SHOWS, NULL};
static const struct list_arm shared = {VISIBLE_SHARED_TICKETS, VISIBLE_PARTICIPANT " AND " VISIBLE_SHOWS,
                                       VISIBLE_SHARED " AND " VISIBLE_SHOWS};
static const struct list_arm owner = {"ticket INDEXED BY ticket_by_owner",
                                      "ticket.owner_id = :person AND " VISIBLE_STAFF, NULL};
static const struct list_arm staff = {"ticket INDEXED BY ticket_by_activity", VISIBLE_STAFF, NULL};

bool list_is_special(const struct ticket_query *wanted)
{
    return wanted->search || wanted->filter || wanted->order.property;
}

static void choose_arms(struct list *list)
{
    const struct viewer *viewer = list->viewer;
    enum ticket_view view = list->wanted->view;
    if (viewer->staff) {
        list->arms[list->arm_count++] = view == TICKETS_MINE ? &owner : &staff;
        return;
    }
    if (view != TICKETS_SHARED)
        list->arms[list->arm_count++] = &own;
    if (view == TICKETS_SEEN && viewer->company_id != 0)
        list->arms[list->arm_count++] = &company;
    if (view != TICKETS_MINE)
        list->arms[list->arm_count++] = &shared;
}

/* Words of messages that the viewer's rule hides are in the index, too: then the texts themselves are asked.
 */
static bool must_ask_texts(const struct viewer *viewer)
{
    return !viewer->staff && viewer->rule && viewer->rule->pieces[VISIBLE_MESSAGES].sql.len > 0;
}

static void add_texts(struct list *list)
{
    struct sql *sql = &list->sql;
    sql_add(sql, " AND search_has(ticket.subject || ' ' || ticket.number || ' ' || coalesce("
                 "(SELECT group_concat(message.body, ' ') FROM thread JOIN message"
                 " ON message.thread_id = thread.id WHERE thread.ticket = ticket.number"
                 " AND message.internal = 0 AND " VISIBLE_MESSAGE "), ''), ");
    sql_add_text(sql, list->wanted->search);
    sql_add(sql, ")");
}

/* Each condition of its own on a row of `ticket`, whatever the arm. */
static void add_conditions(struct list *list)
{
    struct sql *sql = &list->sql;
    if (list->nothing)
        sql_add(sql, " AND 0");
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
static void add_arm(struct list *list, const struct list_arm *arm, bool open)
{
    struct sql *sql = &list->sql;
    sql_add(sql, "SELECT ");
    add_key(list);
    sql_add(sql, " AS key, ticket.number AS number, ticket.open AS open FROM ");
    sql_add(sql, arm->from);
    sql_add(sql, " WHERE ");
    sql_add(sql, arm->rule);
    sql_add(sql, open ? " AND ticket.open = 1" : " AND ticket.open = 0");
    add_conditions(list);
}

/* Newest activity first: each arm stops where the page is full, see statements_list.h. */
static void add_after_newest(struct list *list, const struct ticket_cursor *after)
{
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

/*
 * The arms, merged without doubles: a ticket may be one's own and the company's. `after` NULL: of both
 * statuses, from the beginning.
 */
static void add_arms(struct list *list, const struct ticket_cursor *after)
{
    const char *between = "";
    for (size_t i = 0; i < list->arm_count * 2; i++) {
        bool open = i % 2 == 0;
        if (after && !is_wanted(list, open))
            continue;
        sql_add(&list->sql, between);
        add_arm(list, list->arms[i / 2], open);
        if (after && !list->by_key)
            add_after_newest(list, after);
        between = list->arm_count > 1 ? " UNION " : " UNION ALL ";
    }
}

/* What the index has, each ticket looked up and asked once, whichever arm it is of. */
static void add_found(struct list *list, const struct ticket_cursor *after)
{
    struct sql *sql = &list->sql;
    sql_add(sql, "SELECT ");
    add_key(list);
    sql_add(sql, " AS key, ticket.number AS number, ticket.open AS open"
                 " FROM search CROSS JOIN ticket ON ticket.number = search.rowid WHERE search MATCH ");
    sql_add_text(sql, list->match);
    for (size_t i = 0; i < list->arm_count; i++) {
        sql_add(sql, i > 0 ? " OR (" : " AND ((");
        sql_add(sql, list->arms[i]->of_one ? list->arms[i]->of_one : list->arms[i]->rule);
        sql_add(sql, ")");
    }
    sql_add(sql, ")");
    if (after && list->wanted->status != TICKET_ANY)
        sql_add(sql, list->wanted->status == TICKET_OPEN ? " AND ticket.open = 1" : " AND ticket.open = 0");
    add_conditions(list);
    if (list->asks_texts)
        add_texts(list);
    if (after && !list->by_key)
        add_after_newest(list, after);
}

static void add_source(struct list *list, enum list_source source, const struct ticket_cursor *after)
{
    if (source == LIST_FROM_FOUND)
        add_found(list, after);
    else
        add_arms(list, after);
}

/* The rows after a cursor: its key, and the number within that. Unknown ones are behind all others. */
static void add_after_key(struct list *list, const struct ticket_cursor *after)
{
    struct sql *sql = &list->sql;
    bool known = after->key && *after->key;
    if (after->number == 0)
        return;
    sql_add(sql, known ? " WHERE (key IS NULL OR key" : " WHERE key IS NULL");
    for (int i = 0; known && i < 2; i++) {
        sql_add(sql, i > 0 ? " OR (key = " : list->wanted->order.falling ? " < " : " > ");
        if (*after->key == LIST_KEY_NUMBER)
            sql_add_number(sql, strtod(after->key + 1, NULL));
        else
            sql_add_text(sql, after->key + 1);
    }
    sql_add(sql, " AND number < ");
    sql_add_number(sql, (double)after->number);
    sql_add(sql, known ? "))" : "");
}

void list_compose_page(struct list *list, enum list_source source, const struct ticket_cursor *after)
{
    list->sql = sql_begin(list->arena, 'l');
    sql_add(&list->sql, list->by_key ? "SELECT key, number FROM (" : "");
    add_source(list, source, after);
    if (!list->by_key) {
        sql_add(&list->sql, " ORDER BY 1 DESC, 2 DESC LIMIT :limit");
        return;
    }
    sql_add(&list->sql, ")");
    add_after_key(list, after);
    sql_add(&list->sql, list->wanted->order.falling
                            ? " ORDER BY key IS NULL, key DESC, number DESC LIMIT :limit"
                            : " ORDER BY key IS NULL, key, number DESC LIMIT :limit");
}

void list_compose_all(struct list *list)
{
    list->by_key = false;
    list->sql = sql_begin(list->arena, 'l');
    add_arms(list, NULL);
    sql_add(&list->sql, " ORDER BY 1 DESC, 2 DESC");
}

void list_compose_count(struct list *list, enum list_source source)
{
    list->by_key = false;
    list->sql = sql_begin(list->arena, 'l');
    sql_add(&list->sql, "SELECT count(*) FILTER (WHERE open), count(*) FILTER (WHERE NOT open) FROM (");
    add_source(list, source, NULL);
    sql_add(&list->sql, ")");
}

enum rc list_begin(struct list *list, struct conn *conn, struct arena *arena, const struct viewer *viewer,
                   const struct ticket_query *wanted)
{
    struct search_wanted words;
    enum rc rc = RC_OK;
    *list = (struct list){.conn = conn,
                          .arena = arena,
                          .viewer = viewer,
                          .wanted = wanted,
                          .by_key = wanted->order.property != NULL,
                          .asks_texts = must_ask_texts(viewer)};
    choose_arms(list);
    if (!wanted->search)
        return RC_OK;
    search_wanted_read(&words, wanted->search);
    list->nothing = words.count == 0;
    if (!list->nothing)
        list->match = search_expression(conn, arena, viewer, &words, &rc);
    return rc;
}
