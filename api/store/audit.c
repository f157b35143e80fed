#include "audit.h"

#include "inside.h"

#include <stdio.h>
#include <string.h>

/* --- writing ---------------------------------------------------------------------------------------------
 */

enum { SOURCE_MAX = 80 };

static _Thread_local char source_actor[SOURCE_MAX], source_place[SOURCE_MAX];

/* 192.0.2.7: 192.0.2.0/24. Of other addresses the network is all that a place has. */
static void keep_network(char *kept, const char *place)
{
    const char *last = strrchr(place, '.');
    if (last && !strchr(place, ':'))
        snprintf(kept, SOURCE_MAX, "%.*s.0/24", (int)(last - place), place);
    else
        snprintf(kept, SOURCE_MAX, "%s", place);
}

void audit_source(const char *actor, const char *place)
{
    snprintf(source_actor, sizeof source_actor, "%s", actor ? actor : "");
    keep_network(source_place, place ? place : "");
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

void audit_add(struct conn *conn, int64_t now, int64_t person_id, const char *action, int64_t number,
               const char *detail)
{
    struct query query = query_begin(conn, SQL_AUDIT_ADD);
    query_bind_int(&query, ":now", now);
    query_bind_id(&query, ":person", person_id);
    query_bind_text(&query, ":action", action);
    query_bind_id(&query, ":number", number);
    query_bind_text(&query, ":detail", detail);
    query_bind_text(&query, ":actor", or_null(source_actor));
    query_bind_text(&query, ":place", or_null(source_place));
    query_run(&query, NULL);
}

/* No list and no ticket shows it, so what is remembered of them stays. */
enum rc audit_write(struct store *store, int64_t now, int64_t person_id, const char *action, int64_t number,
                    const char *detail)
{
    struct conn *conn = db_write(store->db);
    conn->quiet = true;
    audit_add(conn, now, person_id, action, number, detail);
    return db_end(conn, RC_OK);
}

/* --- reading ---------------------------------------------------------------------------------------------
 */

static void read_row(struct query *query, struct arena *arena, struct audit_row *row)
{
    *row = (struct audit_row){
        .id = query_int(query, 0),
        .at = query_int(query, 1),
        .person_id = query_int(query, 2),
        .email = query_text(query, 3, arena),
        .first_name = query_text(query, 4, arena),
        .last_name = query_text(query, 5, arena),
        .role = query_text(query, 6, arena),
        .actor = query_text(query, 7, arena),
        .place = query_text(query, 8, arena),
        .action = query_text(query, 9, arena),
        .number = query_int(query, 10),
        .detail = query_text(query, 11, arena),
    };
}

/* What is before the end of the time asked for, and behind the page before. */
static void bind_end(struct query *query, const struct audit_query *wanted)
{
    int64_t until = wanted->until > 0 ? wanted->until : INT64_MAX;
    bool behind = wanted->after_at > 0 && wanted->after_at < until;
    query_bind_int(query, ":at", behind ? wanted->after_at : until);
    query_bind_int(query, ":after", behind ? wanted->after_id : 0);
}

enum rc audit_walk(struct store *store, const struct audit_query *wanted, int64_t limit, audit_visit *visit,
                   void *context)
{
    struct audit_row row;
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, wanted->person_id ? SQL_AUDIT_LIST_PERSON : SQL_AUDIT_LIST);
    if (wanted->person_id)
        query_bind_int(&query, ":person", wanted->person_id);
    query_bind_text(&query, ":action", wanted->action);
    query_bind_int(&query, ":from", wanted->from);
    query_bind_int(&query, ":limit", limit);
    bind_end(&query, wanted);
    for (bool more = true; more && query_step(&query); arena_reset(arena)) {
        read_row(&query, arena, &row);
        more = visit(context, &row);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    arena_free(arena);
    return rc;
}
