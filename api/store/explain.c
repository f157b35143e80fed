#include "explain.h"

#include "filter.h"
#include "inside.h"

enum rc explain_ticket(struct store *store, struct arena *arena, const struct person *person, int64_t number,
                       struct explained *explained)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_EXPLAIN_TICKET);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person->id);
    query_bind_id(&query, ":company", person->company_id);
    bool found = query_step(&query);
    if (found)
        *explained = (struct explained){
            .subject = query_text(&query, 0, arena),
            .requester = query_text(&query, 1, arena),
            .company = query_text(&query, 2, arena),
            .inbox = query_text(&query, 3, arena),
            .is_requester = query_int(&query, 4) != 0,
            .is_of_company = query_int(&query, 5) != 0,
            .is_shared = query_int(&query, 6) != 0,
        };
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc explain_filter(struct store *store, struct arena *arena, const struct portal_filter *filter,
                       enum portal_object of, int64_t id, int64_t now, bool *matches)
{
    bool of_ticket = of == PORTAL_TICKET;
    struct sql sql = sql_begin(arena, 'f');
    sql_add(&sql, of_ticket ? "SELECT 1 FROM ticket WHERE ticket.number = :id AND (:clock > 0) AND "
                            : "SELECT 1 FROM person WHERE person.id = :id AND (:clock > 0) AND ");
    filter_add(&sql, filter, of_ticket ? FILTER_TICKETS : FILTER_CONTACTS);
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_sql(conn, "EXPLAIN_FILTER", &sql);
    query_bind_int(&query, ":id", id);
    query_bind_int(&query, ":clock", now);
    *matches = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc explain_manager(struct store *store, int64_t person_id, bool *manager)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_EXPLAIN_MANAGER);
    query_bind_int(&query, ":person", person_id);
    *manager = query_step(&query) && query_int(&query, 0) != 0;
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}
