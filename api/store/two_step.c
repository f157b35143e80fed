#include "two_step.h"

#include "inside.h"

#include <string.h>

#define MINUTE_MS INT64_C(60000)

static enum rc run_for(struct conn *conn, enum statement statement, int64_t person_id, int64_t *changes)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":person", person_id);
    return query_run(&query, changes);
}

enum rc two_step_read(struct store *store, int64_t person_id, struct two_step *two_step)
{
    *two_step = (struct two_step){0};
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_TWO_STEP_READ);
    query_bind_int(&query, ":person", person_id);
    if (query_step(&query)) {
        const void *secret = query_blob(&query, 0, sizeof two_step->secret);
        two_step->begun = secret != NULL;
        if (secret)
            memcpy(two_step->secret, secret, sizeof two_step->secret);
        two_step->begun_at = query_int(&query, 1);
        two_step->on = !query_is_null(&query, 2);
        two_step->on_at = query_int(&query, 2);
        two_step->last_step = query_int(&query, 3);
        two_step->codes_left = query_int(&query, 4);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static enum rc is_on(struct conn *conn, int64_t person_id, bool *on)
{
    struct query query = query_begin(conn, SQL_TWO_STEP_IS_ON);
    query_bind_int(&query, ":person", person_id);
    *on = query_step(&query);
    return query_end(&query);
}

enum rc two_step_is_on(struct store *store, int64_t person_id, bool *on)
{
    struct conn *conn = db_read(store->db);
    enum rc rc = is_on(conn, person_id, on);
    db_done(conn);
    return rc;
}

enum rc two_step_begin(struct store *store, int64_t person_id,
                       const unsigned char secret[TWO_STEP_SECRET_BYTES], int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_TWO_STEP_BEGIN);
    query_bind_int(&query, ":person", person_id);
    query_bind_blob(&query, ":secret", secret, TWO_STEP_SECRET_BYTES);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_CONFLICT : rc);
}

/* --- turning it on and off -------------------------------------------------------------------------------
 */

static void put_codes(struct conn *conn, int64_t person_id,
                      unsigned char codes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES])
{
    run_for(conn, SQL_RECOVERY_DROP, person_id, NULL);
    for (int i = 0; i < TWO_STEP_CODES; i++) {
        struct query query = query_begin(conn, SQL_RECOVERY_ADD);
        query_bind_int(&query, ":person", person_id);
        query_bind_blob(&query, ":hash", codes[i], TWO_STEP_HASH_BYTES);
        query_run(&query, NULL);
    }
}

enum rc two_step_turn_on(struct store *store, int64_t person_id, int64_t step,
                         unsigned char codes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES], int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_TWO_STEP_ON);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":step", step);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":since", now - TWO_STEP_SET_UP_MINUTES * MINUTE_MS);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_CONFLICT;
    if (rc == RC_OK) {
        put_codes(conn, person_id, codes);
        audit_add(conn, now, person_id, "two_step.on", 0, NULL);
        outbox_add_to(conn, OUTBOX_TWO_STEP_ON, person_id, NULL, NULL, now);
    }
    return db_end(conn, rc);
}

enum rc two_step_new_codes(struct store *store, int64_t person_id,
                           unsigned char codes[TWO_STEP_CODES][TWO_STEP_HASH_BYTES], int64_t now)
{
    struct conn *conn = db_write(store->db);
    bool on = false;
    enum rc rc = is_on(conn, person_id, &on);
    if (rc == RC_OK && !on)
        rc = RC_CONFLICT;
    if (rc == RC_OK) {
        put_codes(conn, person_id, codes);
        audit_add(conn, now, person_id, "two_step.codes", 0, NULL);
        outbox_add_to(conn, OUTBOX_RECOVERY_NEW, person_id, NULL, NULL, now);
    }
    return db_end(conn, rc);
}

enum rc two_step_turn_off(struct store *store, int64_t person_id, const char *how, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    enum rc rc = run_for(conn, SQL_TWO_STEP_OFF, person_id, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_CONFLICT;
    if (rc == RC_OK) {
        run_for(conn, SQL_RECOVERY_DROP, person_id, NULL);
        audit_add(conn, now, person_id, "two_step.off", 0, how);
        outbox_add_to(conn, OUTBOX_TWO_STEP_OFF, person_id, NULL, NULL, now);
    }
    return db_end(conn, rc);
}

/* --- codes -----------------------------------------------------------------------------------------------
 */

enum rc two_step_use_step(struct store *store, int64_t person_id, int64_t step)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_TWO_STEP_USE);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":step", step);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_CONFLICT : rc);
}

enum rc two_step_use_code(struct store *store, int64_t person_id,
                          const unsigned char hash[TWO_STEP_HASH_BYTES], int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_RECOVERY_USE);
    query_bind_int(&query, ":person", person_id);
    query_bind_blob(&query, ":hash", hash, TWO_STEP_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_NOT_FOUND;
    if (rc == RC_OK) {
        audit_add(conn, now, person_id, "two_step.recovery", 0, NULL);
        outbox_add_to(conn, OUTBOX_RECOVERY_USED, person_id, NULL, NULL, now);
    }
    return db_end(conn, rc);
}

/* --- sign-ins that wait ----------------------------------------------------------------------------------
 */

enum rc half_begin(struct store *store, const unsigned char hash[TWO_STEP_HASH_BYTES],
                   const struct half_sign_in *half, int64_t now, int64_t expires_at)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_HALF_SWEEP);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    query = query_begin(conn, SQL_HALF_ADD);
    query_bind_blob(&query, ":hash", hash, TWO_STEP_HASH_BYTES);
    query_bind_int(&query, ":person", half->person_id);
    query_bind_text(&query, ":way", half->way);
    query_bind_int(&query, ":remembered", half->remembered);
    query_bind_int(&query, ":expires_at", expires_at);
    return db_end(conn, query_run(&query, NULL));
}

enum rc half_try(struct store *store, struct arena *arena, const unsigned char hash[TWO_STEP_HASH_BYTES],
                 int64_t now, struct half_sign_in *half)
{
    bool found = false;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_HALF_TRY);
    query_bind_blob(&query, ":hash", hash, TWO_STEP_HASH_BYTES);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":tries", TWO_STEP_TRIES);
    while (query_step(&query)) {
        found = true;
        half->person_id = query_int(&query, 0);
        half->way = query_text(&query, 1, arena);
        half->remembered = query_int(&query, 2) != 0;
    }
    enum rc rc = query_end(&query);
    return db_end(conn, rc == RC_OK && !found ? RC_NOT_FOUND : rc);
}

enum rc half_end(struct store *store, const unsigned char hash[TWO_STEP_HASH_BYTES])
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_HALF_END);
    query_bind_blob(&query, ":hash", hash, TWO_STEP_HASH_BYTES);
    return db_end(conn, query_run(&query, NULL));
}
