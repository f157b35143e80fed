#include "../../lib/buf.h"
#include "filter.h"
#include "inside.h"
#include "visible_inside.h"

#include <string.h>

static void add_tickets(struct sql *sql, const struct portal *portal)
{
    if (portal->visible)
        filter_add(sql, portal->visible, FILTER_TICKETS);
    if (portal->visible_inbox_count == 0)
        return;
    sql_add(sql, sql->len > 0 ? " AND ticket.inbox" : "ticket.inbox");
    sql_add(sql, " IN (SELECT value FROM json_each(");
    sql_add_texts(sql, portal->visible_inboxes, portal->visible_inbox_count);
    sql_add(sql, "))");
}

/* A rule that marks something internal, of the rows that the statement calls so. */
struct mark {
    const struct portal_internal *internal;
    const char *channel;
    const char *author;
};

static void add_channels(struct sql *sql, const struct mark *mark)
{
    sql_add(sql, mark->channel);
    sql_add(sql, " NOT IN (SELECT value FROM json_each(");
    sql_add_texts(sql, mark->internal->channels, mark->internal->channel_count);
    sql_add(sql, "))");
}

/* Addresses, and domains from their "@" on, stand in one list. */
static void add_senders(struct sql *sql, const struct mark *mark)
{
    sql_add(sql, "NOT EXISTS (SELECT 1 FROM person AS sender JOIN json_each(");
    sql_add_texts(sql, mark->internal->senders, mark->internal->sender_count);
    sql_add(sql, ") AS listed ON listed.value COLLATE NOCASE"
                 " IN (sender.email, substr(sender.email, instr(sender.email, '@'))) WHERE sender.id = ");
    sql_add(sql, mark->author);
    sql_add(sql, ")");
}

/* Threads that have something public, but for the ticket's own mark. */
static void add_public_threads(struct sql *sql, const struct portal_internal *internal, const char *which)
{
    const struct mark mark = {internal, "other.channel", "said.author_id"};
    sql_add(sql, "thread.id = (SELECT ");
    sql_add(sql, which);
    sql_add(sql, "(other.id) FROM thread AS other WHERE other.ticket = ticket.number");
    if (internal->channel_count > 0) {
        sql_add(sql, " AND ");
        add_channels(sql, &mark);
    }
    sql_add(
        sql,
        " AND EXISTS (SELECT 1 FROM message AS said WHERE said.thread_id = other.id AND said.internal = 0");
    if (internal->sender_count > 0) {
        sql_add(sql, " AND ");
        add_senders(sql, &mark);
    }
    sql_add(sql, "))");
}

static void add_threads(struct sql *sql, const struct portal *portal)
{
    const struct mark mark = {&portal->internal, "thread.channel", NULL};
    if (portal->threads != PORTAL_THREADS_ALL)
        add_public_threads(sql, &portal->internal, portal->threads == PORTAL_THREADS_LATEST ? "max" : "min");
    else if (portal->internal.channel_count > 0)
        add_channels(sql, &mark);
}

/* Besides the thread's: what a person wrote themselves is not internal to them. */
static void add_marks(struct sql *sql, const struct portal_internal *internal)
{
    const struct mark mark = {internal, "thread.channel", "message.author_id"};
    sql_add(sql, "(message.author_id = :person OR (");
    if (internal->sender_count > 0)
        add_senders(sql, &mark);
    if (internal->tickets) {
        sql_add(sql, internal->sender_count > 0 ? " AND " : "");
        filter_add(sql, internal->tickets, FILTER_TICKETS);
        sql_add(sql, " IS NOT TRUE");
    }
    sql_add(sql, "))");
}

static void add_messages(struct sql *sql, const struct portal *portal)
{
    add_threads(sql, portal);
    if (portal->internal.sender_count == 0 && !portal->internal.tickets)
        return;
    sql_add(sql, sql->len > 0 ? " AND " : "");
    add_marks(sql, &portal->internal);
}

static void compose_statements(struct visible_rule *rule, struct arena *arena)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        const char *text = visible_compose(arena, rule, statements[i].text);
        rule->texts[i] = text == statements[i].text ? NULL : text;
    }
}

static void make_pieces(struct visible_rule *rule, struct arena *arena, const struct portal *portal)
{
    static const char *const markers[] = {":ticket_shows", ":thread_shows", ":message_shows",
                                          ":shared_shows"};
    for (int i = 0; i < VISIBLE_PIECES; i++)
        rule->pieces[i] = (struct visible_piece){markers[i], sql_begin(arena, "thms"[i])};
    add_tickets(&rule->pieces[VISIBLE_TICKETS].sql, portal);
    add_threads(&rule->pieces[VISIBLE_THREADS].sql, portal);
    add_messages(&rule->pieces[VISIBLE_MESSAGES].sql, portal);
    if (!portal->participants)
        sql_add(&rule->pieces[VISIBLE_SHARES].sql, "0");
}

static void make_contacts(struct visible_rule *rule, struct arena *arena, const struct portal *portal)
{
    rule->contacts = sql_begin(arena, 'c');
    sql_add(&rule->contacts, "SELECT 1 FROM person WHERE person.id = :person AND (:clock > 0) AND (");
    sql_add(&rule->contacts, portal->company_managers ? "person.manager = 1 OR " : "");
    if (portal->company_contacts)
        filter_add(&rule->contacts, portal->company_contacts, FILTER_CONTACTS);
    else
        sql_add(&rule->contacts, "0");
    sql_add(&rule->contacts, ")");
}

const struct visible_rule *visible_rule_make(struct arena *arena, const struct portal *portal)
{
    struct visible_rule *rule = arena_alloc(arena, sizeof *rule);
    if (!rule)
        return NULL;
    rule->permission = portal->permission;
    make_pieces(rule, arena, portal);
    make_contacts(rule, arena, portal);
    bool failed = rule->contacts.failed;
    for (int i = 0; i < VISIBLE_PIECES; i++) {
        failed = failed || rule->pieces[i].sql.failed;
        rule->timed = rule->timed || strstr(rule->pieces[i].sql.text, ":clock");
    }
    if (failed)
        return NULL;
    compose_statements(rule, arena);
    return rule;
}

bool visible_rule_is_timed(const struct visible_rule *rule)
{
    return rule->timed;
}

/* The marker that comes first in the text and has a piece. NULL: none. */
static const struct visible_piece *next_piece(const struct visible_rule *rule, const char *text,
                                              const char **at)
{
    const struct visible_piece *first = NULL;
    for (int i = 0; rule && i < VISIBLE_PIECES; i++) {
        const struct visible_piece *piece = &rule->pieces[i];
        const char *found = piece->sql.len > 0 ? strstr(text, piece->marker) : NULL;
        if (found && (!first || found < *at)) {
            first = piece;
            *at = found;
        }
    }
    return first;
}

const char *visible_compose(struct arena *arena, const struct visible_rule *rule, const char *text)
{
    const char *at;
    const struct visible_piece *piece = next_piece(rule, text, &at);
    if (!piece)
        return text;
    struct buf out;
    buf_init(&out, 1024 * 1024);
    for (; piece; piece = next_piece(rule, text, &at)) {
        buf_add(&out, text, (size_t)(at - text));
        buf_adds(&out, "(");
        buf_adds(&out, piece->sql.text);
        buf_adds(&out, ")");
        text = at + strlen(piece->marker);
    }
    buf_adds(&out, text);
    const char *composed = buf_ok(&out) ? arena_strdup(arena, out.data) : NULL;
    buf_release(&out);
    return composed;
}

/* Is this contact one of those who see their company's tickets? */
static enum rc sees_company(struct store *store, const struct visible_rule *rule, int64_t person_id,
                            int64_t now, bool *sees)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_sql(conn, "COMPANY_VIEW", &rule->contacts);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":clock", now);
    *sees = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc visible_viewer(struct store *store, const struct visible_rule *rule, const struct person *person,
                       int64_t now, struct viewer *viewer)
{
    bool sees = rule->permission == PORTAL_COMPANY;
    enum rc rc = RC_OK;
    *viewer = (struct viewer){
        .person_id = person->id, .staff = person->role != ROLE_CONTACT, .rule = rule, .now = now};
    if (rule->permission == PORTAL_MATCHING && person->company_id != 0 && !viewer->staff)
        rc = sees_company(store, rule, person->id, now, &sees);
    viewer->company_id = sees ? person->company_id : 0;
    return rc;
}
