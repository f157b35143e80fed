#include "mail_thread.h"

#include "inside.h"

enum rc mail_refs(struct store *store, struct arena *arena, int64_t number, int64_t person_id,
                  int64_t outbox_id, struct mail_ref refs[MAIL_REFS_MAX], size_t *count)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_MAIL_REFS);
    query_bind_int(&query, ":number", number);
    query_bind_id(&query, ":person", person_id);
    query_bind_int(&query, ":id", outbox_id);
    query_bind_int(&query, ":most", MAIL_REFS_MAX);
    *count = 0;
    while (*count < MAIL_REFS_MAX && query_step(&query))
        refs[(*count)++] = (struct mail_ref){query_text(&query, 0, arena), query_int(&query, 1)};
    enum rc rc = query_end(&query);
    db_done(conn);
    for (size_t i = 0; i < *count / 2; i++) {
        struct mail_ref later = refs[i];
        refs[i] = refs[*count - 1 - i];
        refs[*count - 1 - i] = later;
    }
    return rc;
}

enum rc mail_ref_ticket(struct store *store, const struct mail_ref *ref, int64_t person_id, int64_t *number)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, ref->mail_id ? SQL_MAIL_REF_IN : SQL_MAIL_REF_OUT);
    if (ref->mail_id) {
        query_bind_text(&query, ":mail", ref->mail_id);
        query_bind_int(&query, ":person", person_id);
    } else {
        query_bind_int(&query, ":id", ref->outbox_id);
    }
    bool found = query_step(&query);
    *number = found ? query_int(&query, 0) : 0;
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}
