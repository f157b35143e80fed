#include "people.h"

#include "access.h"
#include "inside.h"

#include <string.h>

void people_read(struct query *query, struct arena *arena, struct known *known)
{
    person_read(query, arena, &known->person);
    known->person.password = NULL;
    known->person.manager = query_int(query, PERSON_COLUMN_COUNT) != 0;
    known->disabled = query_int(query, PERSON_COLUMN_COUNT + 1) != 0;
    known->has_password = query_int(query, PERSON_COLUMN_COUNT + 2) != 0;
    known->created_at = query_int(query, PERSON_COLUMN_COUNT + 3);
}

enum rc people_find(struct store *store, struct arena *arena, const char *email, struct known *known)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PEOPLE_FIND);
    query_bind_text(&query, ":email", email);
    bool found = query_step(&query);
    if (found)
        people_read(&query, arena, known);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc people_walk(struct store *store, struct arena *arena, const struct people_query *wanted,
                    people_visit *each, void *context)
{
    struct known known;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_PEOPLE_LIST);
    query_bind_text(&query, ":role", wanted->role);
    query_bind_text(&query, ":group", wanted->group);
    query_bind_int(&query, ":disabled", wanted->disabled);
    bool more = true;
    while (more && query_step(&query)) {
        people_read(&query, arena, &known);
        more = query.rc == RC_OK && each(context, &known);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

/* 0: it could not be written, see conn->rc. */
static int64_t company_of(struct conn *conn, const char *name, int64_t now)
{
    struct query query = query_begin(conn, SQL_COMPANY_BY_NAME);
    query_bind_text(&query, ":name", name);
    int64_t id = query_step(&query) ? query_int(&query, 0) : 0;
    if (query_end(&query) != RC_OK || id != 0)
        return id;
    query = query_begin(conn, SQL_COMPANY_ADD);
    query_bind_text(&query, ":name", name);
    query_bind_int(&query, ":now", now);
    return query_run(&query, NULL) == RC_OK ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
}

static void change_groups(struct conn *conn, int64_t id, const struct people_change *change, int64_t now)
{
    for (size_t i = 0; i < change->remove_count; i++) {
        int64_t changes = 0;
        struct query query = query_begin(conn, SQL_ACCESS_REMOVE_ALL);
        query_bind_int(&query, ":person", id);
        query_bind_text(&query, ":group", change->remove[i]);
        query_run(&query, &changes);
        if (changes > 0)
            audit_add(conn, now, id, "access.remove", 0, change->remove[i]);
    }
    for (size_t i = 0; i < change->add_count; i++)
        access_add(conn, id, change->add[i], ACCESS_BY_TEAM, now);
}

static const char *or_else(const char *text, const char *fallback)
{
    return text ? text : fallback;
}

/* 0: it could not be written, see conn->rc. */
static int64_t add(struct conn *conn, const struct people_change *change, int64_t now)
{
    bool company = change->company && *change->company;
    int64_t company_id = company ? company_of(conn, change->company, now) : 0;
    struct query query = query_begin(conn, SQL_PERSON_ADD);
    query_bind_text(&query, ":role", or_else(change->role, "contact"));
    query_bind_text(&query, ":email", change->email);
    query_bind_text(&query, ":first_name", or_else(change->first_name, ""));
    query_bind_text(&query, ":last_name", or_else(change->last_name, ""));
    query_bind_text(&query, ":locale", change->locale);
    query_bind_id(&query, ":company", company_id);
    query_bind_text(&query, ":password", NULL);
    query_bind_text(&query, ":properties", NULL);
    query_bind_int(&query, ":manager", change->manager && strcmp(change->manager, "yes") == 0);
    query_bind_int(&query, ":now", now);
    if (query_run(&query, NULL) != RC_OK)
        return 0;
    int64_t id = sqlite3_last_insert_rowid(conn->sqlite);
    audit_add(conn, now, id, "person.add", 0, or_else(change->role, "contact"));
    change_groups(conn, id, change, now);
    return id;
}

enum rc people_add(struct store *store, const struct people_change *change, int64_t now, int64_t *id)
{
    struct conn *conn = db_write(store->db);
    *id = add(conn, change, now);
    return db_end(conn, conn->rc);
}

static void owe_invitation(struct conn *conn, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_INVITATION);
    query_bind_int(&query, ":person", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    audit_add(conn, now, id, "person.invite", 0, NULL);
}

enum rc people_invite(struct store *store, const struct people_invitation *invitations, size_t count,
                      int64_t now)
{
    struct conn *conn = db_write(store->db);
    for (size_t i = 0; i < count && conn->rc == RC_OK; i++) {
        const struct people_invitation *one = &invitations[i];
        int64_t id = one->id ? one->id : add(conn, &one->change, now);
        if (one->id)
            change_groups(conn, id, &one->change, now);
        if (one->mail && id)
            owe_invitation(conn, id, now);
    }
    return db_end(conn, conn->rc);
}

enum rc people_change(struct store *store, int64_t id, const struct people_change *change, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    bool company = change->company && *change->company;
    int64_t company_id = company ? company_of(conn, change->company, now) : 0;
    struct query query = query_begin(conn, SQL_PERSON_CHANGE);
    query_bind_int(&query, ":person", id);
    query_bind_text(&query, ":email", change->email);
    query_bind_text(&query, ":first_name", change->first_name);
    query_bind_text(&query, ":last_name", change->last_name);
    query_bind_text(&query, ":role", change->role);
    query_bind_text(&query, ":locale", change->locale);
    query_bind_int(&query, ":set_company", change->company != NULL);
    query_bind_id(&query, ":company", company_id);
    query_bind_text(&query, ":manager", change->manager);
    enum rc rc = query_run(&query, &changes);
    if (rc == RC_OK && changes == 0)
        rc = RC_NOT_FOUND;
    if (rc != RC_OK)
        return db_end(conn, rc);
    audit_add(conn, now, id, "person.change", 0, change->role);
    if (change->email)
        person_take_back_mail(conn, id, now);
    change_groups(conn, id, change, now);
    return db_end(conn, RC_OK);
}

enum rc people_disable(struct store *store, int64_t id, bool disabled, int64_t now, bool *news)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_PERSON_DISABLE);
    query_bind_int(&query, ":person", id);
    query_bind_id(&query, ":at", disabled ? now : 0);
    enum rc rc = query_run(&query, &changes);
    *news = changes > 0;
    if (rc == RC_OK && *news) {
        person_end_sessions(conn, id, now);
        person_take_back_mail(conn, id, now);
        audit_add(conn, now, id, disabled ? "person.disable" : "person.enable", 0, NULL);
    }
    return db_end(conn, rc);
}
