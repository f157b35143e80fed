#include "person.h"

#include "inside.h"
#include "viewing_inside.h"

#include <string.h>

static const char *const role_names[] = {
    [ROLE_CONTACT] = "contact",
    [ROLE_AGENT] = "agent",
    [ROLE_ADMIN] = "admin",
};

const char *role_name(enum role role)
{
    return role_names[role];
}

void person_read(struct query *query, struct arena *arena, struct person *person)
{
    *person = (struct person){
        .id = query_int(query, 0),
        .role = (enum role)query_choice(query, 1, role_names, 3),
        .email = query_text(query, 2, arena),
        .first_name = query_text(query, 3, arena),
        .last_name = query_text(query, 4, arena),
        .locale = query_text(query, 5, arena),
        .company_id = query_int(query, 6),
        .company_name = query_text(query, 7, arena),
        .groups = query_text(query, 8, arena),
        .consent = query_text(query, 9, arena),
    };
}

static const char *trimmed(struct arena *arena, const char *text)
{
    static const char blanks[] = " \t\r\n";
    text += strspn(text, blanks);
    size_t len = strlen(text);
    while (len > 0 && strchr(blanks, text[len - 1]))
        len--;
    return arena_strndup(arena, text, len);
}

enum rc person_by_email(struct store *store, struct arena *arena, const char *email, struct person *person)
{
    const char *wanted = trimmed(arena, email);
    if (!wanted)
        return RC_INTERNAL;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PERSON_BY_EMAIL);
    query_bind_text(&query, ":email", wanted);
    bool found = query_step(&query);
    if (found) {
        person_read(&query, arena, person);
        person->password = query_text(&query, PERSON_COLUMN_COUNT, arena);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc person_by_id(struct store *store, struct arena *arena, int64_t id, struct person *person)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PERSON_BY_ID);
    query_bind_int(&query, ":person", id);
    bool found = query_step(&query);
    if (found)
        person_read(&query, arena, person);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

int64_t person_known(struct conn *conn, const char *email)
{
    struct query query = query_begin(conn, SQL_PERSON_IS_KNOWN);
    query_bind_text(&query, ":email", email);
    int64_t id = query_step(&query) ? query_int(&query, 0) : 0;
    query_end(&query);
    return id;
}

enum rc person_properties(struct store *store, struct arena *arena, int64_t id, const char **properties)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PERSON_PROPERTIES);
    query_bind_int(&query, ":person", id);
    bool found = query_step(&query);
    if (found)
        *properties = query_text(&query, 0, arena);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

void person_patch(struct conn *conn, int64_t id, const char *properties)
{
    struct query query = query_begin(conn, SQL_PERSON_PATCH);
    query_bind_int(&query, ":person", id);
    query_bind_text(&query, ":properties", properties);
    query_run(&query, NULL);
}

void person_end_sessions(struct conn *conn, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_SESSION_END_ALL);
    query_bind_int(&query, ":person", id);
    viewing_end_sessions(&query, now, NULL);
    query = query_begin(conn, SQL_HALF_END_ALL);
    query_bind_int(&query, ":person", id);
    query_run(&query, NULL);
}

void person_take_back_mail(struct conn *conn, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_TOKEN_EXPIRE_PERSON);
    query_bind_int(&query, ":person", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    query = query_begin(conn, SQL_ADDRESS_FORGET);
    query_bind_int(&query, ":person", id);
    query_run(&query, NULL);
    outbox_drop_address(conn, id);
}

bool person_replace_password(struct conn *conn, int64_t id, const char *hash, int64_t now)
{
    int64_t changes = 0;
    struct query query = query_begin(conn, SQL_PERSON_PASSWORD);
    query_bind_int(&query, ":person", id);
    query_bind_text(&query, ":password", hash);
    query_run(&query, &changes);
    if (changes == 0)
        return false;
    person_end_sessions(conn, id, now);
    person_take_back_mail(conn, id, now);
    return true;
}

enum rc person_set_password(struct store *store, int64_t id, const char *hash, int64_t now)
{
    struct conn *conn = db_write(store->db);
    if (!person_replace_password(conn, id, hash, now))
        return db_end(conn, conn->rc == RC_OK ? RC_NOT_FOUND : conn->rc);
    audit_add(conn, now, id, "password.set", 0, NULL);
    return db_end(conn, RC_OK);
}

enum rc person_rehash(struct store *store, int64_t id, const char *old, const char *hash)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_PERSON_REHASH);
    query_bind_int(&query, ":person", id);
    query_bind_text(&query, ":old", old);
    query_bind_text(&query, ":password", hash);
    query_run(&query, NULL);
    return db_end(conn, RC_OK);
}
