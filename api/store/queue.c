#include "queue.h"

#include "inside.h"

enum rc queue_walk(struct store *store, const struct viewer *viewer, queue_visit *visit, void *context)
{
    size_t len;
    bool more = true;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_COUNT_QUEUES, viewer);
    while (more && query_step(&query)) {
        const struct queue queue = {query_span(&query, 0, &len), query_span(&query, 1, &len),
                                    query_span(&query, 2, &len), query_int(&query, 3),
                                    query_int(&query, 4),        query_int(&query, 5)};
        more = visit(context, &queue);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}
