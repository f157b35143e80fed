#include "inside.h"

void audit_add(struct conn *conn, int64_t now, int64_t person_id, const char *action, int64_t number,
               const char *detail)
{
    struct query query = query_begin(conn, SQL_AUDIT_ADD);
    query_bind_int(&query, ":now", now);
    query_bind_id(&query, ":person", person_id);
    query_bind_text(&query, ":action", action);
    query_bind_id(&query, ":number", number);
    query_bind_text(&query, ":detail", detail);
    query_run(&query, NULL);
}
