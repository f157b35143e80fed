/* What is mailed to somebody as a link, besides a new password: a way in, and the question whose address it
 * is. */
#include "account.h"

#include "inside.h"

/* --- asking ----------------------------------------------------------------------------------------------
 */

static void note_address(struct conn *conn, int64_t person_id, const char *email, int64_t now)
{
    struct query query = query_begin(conn, SQL_ADDRESS_WANT);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":email", email);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc account_want_address(struct store *store, int64_t person_id, const char *email, int64_t now)
{
    struct conn *conn = db_write(store->db);
    note_address(conn, person_id, email, now);
    token_expire_all(conn, person_id, "address", now);
    outbox_drop_address(conn, person_id);
    /* Of somebody else it is noted and told alike, or one could ask who has an account. They get no mail. */
    if (!person_known(conn, email))
        outbox_add_to(conn, OUTBOX_ADDRESS, person_id, email, NULL, now);
    outbox_add_to(conn, OUTBOX_ADDRESS_OLD, person_id, NULL, email, now);
    audit_add(conn, now, person_id, "address.ask", 0, NULL);
    return db_end(conn, RC_OK);
}

/* --- using -----------------------------------------------------------------------------------------------
 */

static const char *wanted_address(struct conn *conn, struct arena *arena, int64_t person_id)
{
    struct query query = query_begin(conn, SQL_ADDRESS_WANTED);
    query_bind_int(&query, ":person", person_id);
    const char *email = query_step(&query) ? query_text(&query, 0, arena) : NULL;
    query_end(&query);
    return email;
}

static void move_address(struct conn *conn, int64_t person_id, const char *email, int64_t now)
{
    struct query query = query_begin(conn, SQL_ADDRESS_MOVE);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":email", email);
    query_run(&query, NULL);
    query = query_begin(conn, SQL_ADDRESS_FORGET);
    query_bind_int(&query, ":person", person_id);
    query_run(&query, NULL);
    /* What went to the old mailbox is no way in any more. */
    token_expire_all(conn, person_id, "reset", now);
    token_expire_all(conn, person_id, "sign_in", now);
    audit_add(conn, now, person_id, "address.change", 0, NULL);
}

static enum rc use_address(struct conn *conn, int64_t person_id, int64_t now)
{
    struct arena *arena = arena_new(4096);
    const char *email = arena ? wanted_address(conn, arena, person_id) : NULL;
    enum rc rc = !email ? RC_NOT_FOUND : person_known(conn, email) ? RC_CONFLICT : RC_OK;
    if (rc == RC_OK)
        move_address(conn, person_id, email, now);
    arena_free(arena);
    return rc;
}

enum rc account_use_link(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], int64_t now,
                         enum token_state *state, enum account_link *link, int64_t *person_id)
{
    struct conn *conn = db_write(store->db);
    *link = ACCOUNT_LINK_SIGN_IN;
    enum rc rc = token_use(conn, hash, "sign_in", now, state, person_id);
    if (rc == RC_OK && *state == TOKEN_GOOD)
        token_expire_all(conn, *person_id, "sign_in", now);
    if (rc == RC_OK && *state == TOKEN_UNKNOWN) {
        *link = ACCOUNT_LINK_ADDRESS;
        rc = token_use(conn, hash, "address", now, state, person_id);
        if (rc == RC_OK && *state == TOKEN_GOOD)
            rc = use_address(conn, *person_id, now);
    }
    return db_end(conn, rc);
}
