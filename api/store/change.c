#include "change.h"

#include "inside.h"

#include <string.h>

static enum rc read_version(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t *version)
{
    struct query query = query_begin_as(conn, SQL_TICKET_VERSION, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    *version = found ? query_int(&query, 0) : 0;
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static void apply(struct conn *conn, const struct viewer *viewer, int64_t number,
                  const struct ticket_change *change, int64_t now)
{
    struct query query = query_begin(conn, SQL_TICKET_CHANGE);
    query_bind_text(&query, ":what", change->what);
    query_bind_text(&query, ":value", change->value);
    query_bind_id(&query, ":person_id", change->owner_id);
    query_bind_int(&query, ":closed", change->closed);
    query_bind_int(&query, ":person", viewer->person_id);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":version", change->version);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    audit_add(conn, now, viewer->person_id, "ticket.change", number, change->told);
    if (strcmp(change->what, "stage") == 0 && !change->closed)
        outbox_drop_closed(conn, number);
}

enum rc ticket_change(struct store *store, const struct viewer *viewer, int64_t number,
                      const struct ticket_change *change, int64_t now)
{
    int64_t version;
    struct conn *conn = db_write(store->db);
    enum rc rc = read_version(conn, viewer, number, &version);
    if (rc == RC_OK && version != change->version)
        rc = RC_CONFLICT;
    if (rc == RC_OK)
        apply(conn, viewer, number, change, now);
    return db_end(conn, rc);
}

enum rc ticket_latest(struct store *store, const struct viewer *viewer, int64_t number, int64_t *message_id,
                      int64_t *version)
{
    struct conn *conn = db_read(store->db);
    enum rc rc = read_version(conn, viewer, number, version);
    struct query query = query_begin_as(conn, SQL_TICKET_LATEST, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query) && !query_is_null(&query, 0);
    *message_id = found ? query_int(&query, 0) : 0;
    enum rc ended = query_end(&query);
    db_done(conn);
    return rc == RC_OK ? ended : rc;
}

enum rc team_walk(struct store *store, teammate_visit *visit, void *context)
{
    size_t len;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_TEAM);
    while (query_step(&query)) {
        const struct teammate teammate = {query_int(&query, 0), query_span(&query, 1, &len),
                                          query_span(&query, 2, &len)};
        visit(context, &teammate);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}
