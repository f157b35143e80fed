#include "own.h"

#include "inside.h"

static const enum statement parts[] = {
    [OWN_PERSON] = SQL_OWN_PERSON,     [OWN_CONSENTS] = SQL_OWN_CONSENTS,
    [OWN_SESSIONS] = SQL_OWN_SESSIONS, [OWN_IDENTITIES] = SQL_OWN_IDENTITIES,
    [OWN_GROUPS] = SQL_OWN_GROUPS,     [OWN_RATINGS] = SQL_OWN_RATINGS,
    [OWN_SHARED] = SQL_OWN_SHARED,     [OWN_AUDIT] = SQL_OWN_AUDIT,
};

enum rc own_rows(struct store *store, enum own_part part, int64_t person_id, int64_t *after, struct buf *out,
                 size_t *count)
{
    *count = 0;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, parts[part]);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":after", *after);
    bool first = *after == 0;
    while (query_step(&query)) {
        size_t len;
        const char *json = query_span(&query, 1, &len);
        buf_adds(out, first ? "\n" : ",\n");
        buf_add(out, json, len);
        first = false;
        *after = query_int(&query, 0);
        (*count)++;
    }
    if (!buf_ok(out))
        query_fail(&query, RC_INTERNAL);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc own_tickets(struct store *store, const struct viewer *viewer, int64_t after,
                    struct own_number *numbers, size_t *count)
{
    *count = 0;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_OWN_TICKETS, viewer);
    query_bind_int(&query, ":after", after);
    query_bind_int(&query, ":limit", OWN_NUMBERS);
    while (query_step(&query))
        numbers[(*count)++] = (struct own_number){.number = query_int(&query, 0)};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc own_messages(struct store *store, const struct viewer *viewer, int64_t after,
                     struct own_number *numbers, size_t *count)
{
    *count = 0;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_OWN_MESSAGES, viewer);
    query_bind_int(&query, ":after", after);
    query_bind_int(&query, ":limit", OWN_NUMBERS);
    while (query_step(&query))
        numbers[(*count)++] =
            (struct own_number){.message_id = query_int(&query, 0), .number = query_int(&query, 1)};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc own_is_recent(struct store *store, int64_t person_id, const char *session_id, int64_t since)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_OWN_RECENT);
    query_bind_text(&query, ":id", session_id);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":since", since);
    bool found = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}
