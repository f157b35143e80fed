#include "close.h"

#include "inside.h"

/* The mail waits a little longer than a press that is on its way. */
#define MAIL_AFTER_MS (CLOSE_UNDO_MS + 2000)

struct close_state {
    int64_t closed_at; /* 0: open */
    int64_t closed_by; /* 0: not known */
};

static enum rc read_state(struct conn *conn, const struct viewer *viewer, int64_t number,
                          struct close_state *state)
{
    struct query query = query_begin_as(conn, SQL_TICKET_CLOSE_STATE, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        *state = (struct close_state){query_int(&query, 0), query_int(&query, 1)};
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* Until when this viewer may take it back; 0: not, or no longer. */
static int64_t undo_until(const struct close_state *state, const struct viewer *viewer, int64_t now)
{
    int64_t until = state->closed_at + CLOSE_UNDO_MS;
    return state->closed_by == viewer->person_id && now < until ? until : 0;
}

static void close_it(struct conn *conn, const struct viewer *viewer, int64_t number, const char *stage,
                     int64_t now)
{
    struct query query = query_begin(conn, SQL_TICKET_CLOSE);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":stage", stage);
    query_bind_int(&query, ":person", viewer->person_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    if (!viewer->staff)
        outbox_add_closed(conn, number, now, now + MAIL_AFTER_MS);
    audit_add(conn, now, viewer->person_id, "ticket.close", number, NULL);
}

enum rc ticket_close(struct store *store, const struct viewer *viewer, int64_t number, const char *stage,
                     int64_t now, int64_t *until)
{
    struct close_state state = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    if (rc == RC_OK && state.closed_at == 0) {
        close_it(conn, viewer, number, stage, now);
        state = (struct close_state){now, viewer->person_id};
    }
    *until = undo_until(&state, viewer, now);
    return db_end(conn, rc);
}

enum rc ticket_close_undo(struct store *store, const struct viewer *viewer, int64_t number, int64_t now)
{
    struct close_state state = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    if (rc != RC_OK || state.closed_at == 0)
        return db_end(conn, rc);
    if (undo_until(&state, viewer, now) == 0)
        return db_end(conn, RC_CONFLICT);
    struct query query = query_begin(conn, SQL_TICKET_CLOSE_UNDO);
    query_bind_int(&query, ":number", number);
    query_run(&query, NULL);
    outbox_drop_closed(conn, number);
    audit_add(conn, now, viewer->person_id, "ticket.close.undo", number, NULL);
    return db_end(conn, RC_OK);
}
