#include "rating.h"

#include "inside.h"

#include <string.h>

struct rating_state {
    struct rating rating;
    int64_t closed_at; /* 0: open */
    int64_t requester_id;
};

static enum rc read_state(struct conn *conn, struct arena *arena, const struct viewer *viewer, int64_t number,
                          struct rating_state *state)
{
    struct query query = query_begin_as(conn, SQL_RATING_GET, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        *state = (struct rating_state){
            .rating = {query_text(&query, 0, arena), query_text(&query, 1, arena)},
            .closed_at = query_int(&query, 2),
            .requester_id = query_int(&query, 3),
        };
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static bool may_rate(const struct viewer *viewer, int64_t requester_id, bool closed)
{
    return closed && !viewer->staff && requester_id == viewer->person_id;
}

bool rating_may(const struct viewer *viewer, const struct ticket *ticket)
{
    return may_rate(viewer, ticket->requester_id, ticket->closed);
}

bool rating_shows(const struct viewer *viewer, const struct ticket *ticket)
{
    return viewer->staff || ticket->requester_id == viewer->person_id;
}

static void keep(struct conn *conn, const struct viewer *viewer, int64_t number, const struct rating *rating,
                 int64_t now)
{
    struct query query = query_begin(conn, SQL_RATING_SET);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", viewer->person_id);
    query_bind_text(&query, ":score", rating->score);
    query_bind_text(&query, ":comment", rating->comment);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    outbox_add_rated(conn, number, now, now + RATING_MAIL_MS);
    audit_add(conn, now, viewer->person_id, "ticket.rate", number, rating->score);
}

static bool is_same(const struct rating *one, const struct rating *other)
{
    return one->score && strcmp(one->score, other->score) == 0 && strcmp(one->comment, other->comment) == 0;
}

enum rc rating_set(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                   const struct rating *rating, int64_t now, bool *changed)
{
    struct rating_state state = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, arena, viewer, number, &state);
    *changed = false;
    if (rc == RC_OK && !may_rate(viewer, state.requester_id, state.closed_at != 0))
        rc = RC_DENIED;
    if (rc == RC_OK && !is_same(&state.rating, rating)) {
        keep(conn, viewer, number, rating, now);
        *changed = true;
    }
    rc = db_end(conn, rc);
    *changed = *changed && rc == RC_OK;
    return rc;
}
