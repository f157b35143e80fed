#include "sign_up.h"

#include "access.h"
#include "inside.h"

/* What is read of a row before it is used. */
struct pending {
    int64_t id;
    enum token_state state;
    int64_t created_at;
    struct sign_up sign_up;
};

static void add(struct conn *conn, const struct sign_up *sign_up, int64_t now)
{
    if (sign_up->consent)
        consent_add_text(conn, sign_up->consent, sign_up->consent_text, now);
    struct query query = query_begin(conn, SQL_SIGN_UP_ADD);
    query_bind_text(&query, ":email", sign_up->email);
    query_bind_text(&query, ":first_name", sign_up->first_name);
    query_bind_text(&query, ":last_name", sign_up->last_name);
    query_bind_text(&query, ":locale", sign_up->locale);
    query_bind_text(&query, ":password", sign_up->password);
    query_bind_text(&query, ":consent", sign_up->consent);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":expires_at", now + SIGN_UP_HOURS * INT64_C(3600000));
    query_run(&query, NULL);
    outbox_add_sign_up(conn, sqlite3_last_insert_rowid(conn->sqlite), now);
}

enum rc sign_up_add(struct store *store, const struct sign_up *sign_up, bool mail, int64_t now)
{
    struct conn *conn = db_write(store->db);
    int64_t person_id = person_known(conn, sign_up->email);
    if (mail && person_id)
        outbox_add_known(conn, person_id, now);
    else if (mail)
        add(conn, sign_up, now);
    audit_add(conn, now, person_id, "sign_up.ask", 0, NULL);
    return db_end(conn, RC_OK);
}

enum rc sign_up_set_code(struct store *store, int64_t id, const unsigned char hash[TOKEN_HASH_BYTES],
                         int64_t expires_at)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_SIGN_UP_CODE);
    query_bind_int(&query, ":id", id);
    query_bind_blob(&query, ":code", hash, TOKEN_HASH_BYTES);
    query_bind_int(&query, ":expires_at", expires_at);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

static void read_sign_up(struct query *query, struct arena *arena, struct sign_up *sign_up)
{
    *sign_up = (struct sign_up){
        .email = query_text(query, 3, arena),
        .first_name = query_text(query, 4, arena),
        .last_name = query_text(query, 5, arena),
        .locale = query_text(query, 6, arena),
        .password = query_text(query, 7, arena),
        .consent = query_text(query, 8, arena),
    };
}

static enum rc find(struct conn *conn, struct arena *arena, const unsigned char *hash, int64_t now,
                    struct pending *pending)
{
    *pending = (struct pending){.state = TOKEN_UNKNOWN};
    struct query query = query_begin(conn, SQL_SIGN_UP_FIND);
    query_bind_blob(&query, ":code", hash, TOKEN_HASH_BYTES);
    if (query_step(&query)) {
        pending->id = query_int(&query, 0);
        if (!query_is_null(&query, 1))
            pending->state = TOKEN_USED;
        else
            pending->state = query_int(&query, 2) <= now ? TOKEN_EXPIRED : TOKEN_GOOD;
        read_sign_up(&query, arena, &pending->sign_up);
        pending->created_at = query_int(&query, 9);
    }
    return query_end(&query);
}

enum token_state sign_up_look(struct store *store, struct arena *arena,
                              const unsigned char hash[TOKEN_HASH_BYTES], int64_t now,
                              struct sign_up *sign_up)
{
    struct pending pending;
    struct conn *conn = db_read(store->db);
    enum rc rc = find(conn, arena, hash, now, &pending);
    db_done(conn);
    *sign_up = pending.sign_up;
    return rc == RC_OK ? pending.state : TOKEN_UNKNOWN;
}

static int64_t add_person(struct conn *conn, const struct sign_up *sign_up, int64_t now)
{
    struct query query = query_begin(conn, SQL_PERSON_ADD);
    query_bind_text(&query, ":role", role_name(ROLE_CONTACT));
    query_bind_text(&query, ":email", sign_up->email);
    query_bind_text(&query, ":first_name", sign_up->first_name);
    query_bind_text(&query, ":last_name", sign_up->last_name);
    query_bind_text(&query, ":locale", sign_up->locale);
    query_bind_id(&query, ":company", 0);
    query_bind_text(&query, ":password", sign_up->password);
    query_bind_text(&query, ":properties", NULL);
    query_bind_int(&query, ":manager", false);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    return sqlite3_last_insert_rowid(conn->sqlite);
}

static void end_all(struct conn *conn, const char *email, int64_t now)
{
    struct query query = query_begin(conn, SQL_SIGN_UP_END);
    query_bind_text(&query, ":email", email);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

/* The address may have become somebody's meanwhile, as by an import. */
static int64_t become_person(struct conn *conn, struct pending *pending, const char *group, int64_t now)
{
    const struct sign_up *sign_up = &pending->sign_up;
    int64_t person_id = 0;
    if (person_known(conn, sign_up->email)) {
        pending->state = TOKEN_USED;
    } else {
        person_id = add_person(conn, sign_up, now);
        if (sign_up->consent)
            consent_add(conn, person_id, sign_up->consent, pending->created_at);
        if (group)
            access_add(conn, person_id, group, ACCESS_BY_SIGN_UP, now);
        audit_add(conn, now, person_id, "sign_up.verify", 0, sign_up->consent);
    }
    end_all(conn, sign_up->email, now);
    return person_id;
}

enum rc sign_up_use(struct store *store, const unsigned char hash[TOKEN_HASH_BYTES], const char *group,
                    int64_t now, enum token_state *state, int64_t *person_id)
{
    struct pending pending;
    struct arena *arena = arena_new(64 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    enum rc rc = find(conn, arena, hash, now, &pending);
    if (rc == RC_OK && pending.state == TOKEN_GOOD)
        *person_id = become_person(conn, &pending, group, now);
    *state = pending.state;
    rc = db_end(conn, rc);
    arena_free(arena);
    return rc;
}
