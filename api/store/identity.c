#include "identity.h"

#include "inside.h"

struct found {
    int64_t person_id; /* 0: nobody */
    enum role role;
    bool disabled;
    bool has_identity; /* only read by address */
};

static bool is_meant(const struct identity_seek *seek, enum role role)
{
    return seek->staff == (role != ROLE_CONTACT);
}

static struct found read_found(struct query *query)
{
    static const char *const roles[] = {"contact", "agent", "admin"};
    if (!query_step(query))
        return (struct found){0};
    return (struct found){
        .person_id = query_int(query, 0),
        .role = (enum role)query_choice(query, 1, roles, 3),
        .disabled = query_int(query, 2) != 0,
        .has_identity = query_int(query, 3) != 0,
    };
}

static struct found by_subject(struct conn *conn, const struct identity_seek *seek)
{
    struct query query = query_begin(conn, SQL_IDENTITY_FIND);
    query_bind_text(&query, ":issuer", seek->issuer);
    query_bind_text(&query, ":subject", seek->subject);
    struct found found = read_found(&query);
    query_end(&query);
    return found;
}

static struct found by_email(struct conn *conn, const char *email)
{
    struct query query = query_begin(conn, SQL_IDENTITY_BY_EMAIL);
    query_bind_text(&query, ":email", email);
    struct found found = read_found(&query);
    query_end(&query);
    return found;
}

static void add(struct conn *conn, const struct identity_seek *seek, int64_t person_id, const char *action,
                int64_t now)
{
    struct query query = query_begin(conn, SQL_IDENTITY_ADD);
    query_bind_text(&query, ":issuer", seek->issuer);
    query_bind_text(&query, ":subject", seek->subject);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    audit_add(conn, now, person_id, action, 0, seek->issuer);
}

static int64_t make_contact(struct conn *conn, const struct identity_seek *seek, int64_t now)
{
    struct query query = query_begin(conn, SQL_PERSON_ADD);
    query_bind_text(&query, ":role", role_name(ROLE_CONTACT));
    query_bind_text(&query, ":email", seek->email);
    query_bind_text(&query, ":first_name", seek->first_name);
    query_bind_text(&query, ":last_name", seek->last_name);
    query_bind_text(&query, ":locale", seek->locale);
    query_bind_id(&query, ":company", 0);
    query_bind_text(&query, ":password", NULL);
    query_bind_text(&query, ":properties", NULL);
    query_bind_int(&query, ":manager", false);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    return sqlite3_last_insert_rowid(conn->sqlite);
}

/* The subject comes for the first time. */
static enum identity_answer meet(struct conn *conn, const struct identity_seek *seek, int64_t now,
                                 int64_t *person_id)
{
    if (!seek->link && !seek->create)
        return IDENTITY_UNKNOWN;
    if (!seek->email)
        return IDENTITY_NO_EMAIL;
    struct found found = by_email(conn, seek->email);
    if (found.person_id == 0 && !seek->create)
        return IDENTITY_UNKNOWN;
    if (found.person_id == 0) {
        *person_id = make_contact(conn, seek, now);
        add(conn, seek, *person_id, "identity.make", now);
        return IDENTITY_FOUND;
    }
    if (!seek->link || found.has_identity || !is_meant(seek, found.role))
        return IDENTITY_TAKEN;
    if (found.disabled)
        return IDENTITY_DISABLED;
    *person_id = found.person_id;
    add(conn, seek, *person_id, "identity.link", now);
    return IDENTITY_FOUND;
}

static enum identity_answer settle(struct conn *conn, const struct identity_seek *seek, int64_t now,
                                   int64_t *person_id)
{
    struct found found = by_subject(conn, seek);
    *person_id = found.person_id;
    if (found.person_id == 0)
        return meet(conn, seek, now, person_id);
    if (!is_meant(seek, found.role))
        return IDENTITY_UNKNOWN;
    return found.disabled ? IDENTITY_DISABLED : IDENTITY_FOUND;
}

enum rc identity_find(struct store *store, struct arena *arena, const struct identity_seek *seek, int64_t now,
                      struct person *person, enum identity_answer *answer)
{
    int64_t person_id = 0;
    struct conn *conn = db_write(store->db);
    *answer = settle(conn, seek, now, &person_id);
    enum rc rc = db_end(conn, conn->rc);
    if (rc != RC_OK || *answer != IDENTITY_FOUND)
        return rc;
    return person_by_id(store, arena, person_id, person);
}
