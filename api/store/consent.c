#include "consent.h"

#include "inside.h"

bool person_has_consented(const struct person *person, const struct portal *portal)
{
    if (!portal->consent_renew || person->role != ROLE_CONTACT)
        return true;
    return person->consent && portal_consent(portal, person->consent);
}

void consent_add_text(struct conn *conn, const char *version, const char *text, int64_t now)
{
    struct query query = query_begin(conn, SQL_CONSENT_TEXT_ADD);
    query_bind_text(&query, ":version", version);
    query_bind_text(&query, ":body", text);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

bool consent_add(struct conn *conn, int64_t person_id, const char *version, int64_t given_at)
{
    int64_t changes = 0;
    struct query query = query_begin(conn, SQL_CONSENT_ADD);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":version", version);
    query_bind_int(&query, ":given_at", given_at);
    query_run(&query, &changes);
    return changes > 0;
}

enum rc consent_give(struct store *store, int64_t person_id, const char *version, const char *text,
                     int64_t now)
{
    struct conn *conn = db_write(store->db);
    consent_add_text(conn, version, text, now);
    if (consent_add(conn, person_id, version, now))
        audit_add(conn, now, person_id, "consent.give", 0, version);
    return db_end(conn, RC_OK);
}

enum rc consent_withdraw(struct store *store, int64_t person_id, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_CONSENT_WITHDRAW);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, &changes);
    if (changes > 0) {
        audit_add(conn, now, person_id, "consent.withdraw", 0, NULL);
        outbox_add_to(conn, OUTBOX_CONSENT_WITHDRAWN, person_id, NULL, NULL, now);
    }
    return db_end(conn, RC_OK);
}

enum rc consent_list(struct store *store, struct arena *arena, int64_t person_id, struct consent **consents,
                     size_t *count)
{
    *count = 0;
    *consents = arena_alloc(arena, CONSENTS_MAX * sizeof **consents);
    if (!*consents)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_CONSENT_LIST);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":limit", CONSENTS_MAX);
    while (query_step(&query))
        (*consents)[(*count)++] = (struct consent){
            .version = query_text(&query, 0, arena),
            .text = query_text(&query, 1, arena),
            .given_at = query_int(&query, 2),
            .withdrawn_at = query_int(&query, 3),
        };
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}
