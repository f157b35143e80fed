#include "profile.h"

#include "inside.h"

#include <string.h>

static void bind_wanted(struct query *query, const struct profile_query *wanted)
{
    query_bind_text(query, ":q", wanted->q);
    query_bind_int(query, ":before", wanted->before > 0 ? wanted->before : INT64_MAX);
    query_bind_int(query, ":limit", wanted->limit);
}

static enum rc end(struct conn *conn, struct query *query)
{
    enum rc rc = query_end(query);
    db_done(conn);
    return rc;
}

enum rc profile_walk(struct store *store, struct arena *arena, const struct profile_query *wanted,
                     profile_visit *each, void *context)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PROFILE_LIST);
    bind_wanted(&query, wanted);
    query_bind_id(&query, ":of", wanted->company_id);
    for (bool more = true; more && query_step(&query);) {
        const struct profile_row row = {
            .id = query_int(&query, 0),
            .role = (enum role)query_int(&query, 1),
            .email = query_text(&query, 2, arena),
            .first_name = query_text(&query, 3, arena),
            .last_name = query_text(&query, 4, arena),
            .company_id = query_int(&query, 5),
            .company = query_text(&query, 6, arena),
            .created_at = query_int(&query, 7),
            .disabled = query_int(&query, 8) != 0,
            .signed_in_at = query_int(&query, 9),
        };
        more = query.rc == RC_OK && each(context, &row);
    }
    return end(conn, &query);
}

enum rc company_walk(struct store *store, struct arena *arena, const struct viewer *viewer,
                     const struct profile_query *wanted, company_visit *each, void *context)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_COMPANY_LIST, viewer);
    bind_wanted(&query, wanted);
    query_bind_id(&query, ":of", wanted->company_id);
    for (bool more = true; more && query_step(&query);) {
        const struct company_row row = {
            .id = query_int(&query, 0),
            .name = query_text(&query, 1, arena),
            .created_at = query_int(&query, 2),
            .people = query_int(&query, 3),
            .open = query_int(&query, 4),
            .closed = query_int(&query, 5),
        };
        more = query.rc == RC_OK && each(context, &row);
    }
    return end(conn, &query);
}

static void read_profile(struct query *query, struct arena *arena, struct profile *profile)
{
    enum { MORE = PERSON_COLUMN_COUNT + 4 };
    people_read(query, arena, &profile->known);
    profile->properties = query_text(query, MORE, arena);
    profile->two_step = query_int(query, MORE + 1) != 0;
    profile->identities = query_int(query, MORE + 2);
    profile->sessions = query_int(query, MORE + 3);
    profile->signed_in_at = query_int(query, MORE + 4);
    profile->wants_erasure = query_int(query, MORE + 5) != 0;
    profile->open = query_int(query, MORE + 6);
    profile->closed = query_int(query, MORE + 7);
    profile->consent_at = query_int(query, MORE + 8);
    profile->withdrawn_at = query_int(query, MORE + 9);
}

enum rc profile_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t id,
                    int64_t now, struct profile *profile)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_PROFILE_GET, viewer);
    query_bind_int(&query, ":who", id);
    query_bind_int(&query, ":now", now);
    bool found = query_step(&query);
    if (found)
        read_profile(&query, arena, profile);
    enum rc rc = end(conn, &query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* --- what happened ---------------------------------------------------------------------------------------
 */

static void read_event(struct query *query, struct arena *arena, struct event *event)
{
    *event = (struct event){
        .at = query_int(query, 0),
        .source = (enum event_source)query_int(query, 1),
        .id = query_int(query, 2),
        .person_id = query_int(query, 3),
        .what = query_text(query, 4, arena),
        .number = query_int(query, 5),
        .detail = query_text(query, 6, arena),
        .place = query_text(query, 7, arena),
        .failed = query_int(query, 8) != 0,
        .first_name = query_text(query, 9, arena),
        .last_name = query_text(query, 10, arena),
        .subject = query_text(query, 11, arena),
    };
}

enum rc event_walk(struct store *store, struct arena *arena, const struct viewer *viewer,
                   const struct event_query *wanted, event_visit *each, void *context)
{
    struct event event;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_EVENT_LIST, viewer);
    query_bind_id(&query, ":who", wanted->person_id);
    query_bind_id(&query, ":of", wanted->company_id);
    query_bind_int(&query, ":at", wanted->at > 0 ? wanted->at : INT64_MAX);
    query_bind_int(&query, ":source", wanted->source);
    query_bind_int(&query, ":id", wanted->id);
    query_bind_int(&query, ":limit", wanted->limit);
    for (bool more = true; more && query_step(&query);) {
        read_event(&query, arena, &event);
        more = query.rc == RC_OK && each(context, &event);
    }
    return end(conn, &query);
}
