#include "access.h"

#include "inside.h"

#include <string.h>

bool person_is_in(const struct person *person, const char *group)
{
    size_t len = strlen(group);
    const char *at = person->groups;
    while (at && (at = strstr(at, group)) != NULL) {
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
        at += len;
    }
    return false;
}

bool person_may_enter(const struct person *person, const struct portal *portal)
{
    if (person->role != ROLE_CONTACT || portal->group_count == 0)
        return true;
    for (size_t i = 0; i < portal->group_count; i++) {
        if (person_is_in(person, portal->groups[i].id))
            return true;
    }
    return false;
}

void access_add(struct conn *conn, int64_t person_id, const char *group, const char *source, int64_t now)
{
    int64_t changes = 0;
    struct query query = query_begin(conn, SQL_ACCESS_ADD);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":group", group);
    query_bind_text(&query, ":source", source);
    query_bind_int(&query, ":now", now);
    query_run(&query, &changes);
    if (changes > 0)
        audit_add(conn, now, person_id, "access.add", 0, group);
}

void access_remove(struct conn *conn, int64_t person_id, const char *group, const char *source, int64_t now)
{
    int64_t changes = 0;
    struct query query = query_begin(conn, SQL_ACCESS_REMOVE);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":group", group);
    query_bind_text(&query, ":source", source);
    query_run(&query, &changes);
    if (changes > 0)
        audit_add(conn, now, person_id, "access.remove", 0, group);
}

static bool is_among(const char *group, const char *const *groups, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(groups[i], group) == 0)
            return true;
    }
    return false;
}

/* The groups of this source that are not among these any more. */
static enum rc remove_others(struct conn *conn, struct arena *arena, int64_t person_id, const char *source,
                             const char *const *groups, size_t count, int64_t now)
{
    struct old {
        const char *group;
        struct old *next;
    } *gone = NULL;
    struct query query = query_begin(conn, SQL_ACCESS_OF_SOURCE);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":source", source);
    while (query_step(&query)) {
        struct old *one = arena_alloc(arena, sizeof *one);
        const char *group = query_text(&query, 0, arena);
        if (!one || !group) {
            query_fail(&query, RC_INTERNAL);
            break;
        }
        if (!is_among(group, groups, count)) {
            *one = (struct old){group, gone};
            gone = one;
        }
    }
    enum rc rc = query_end(&query);
    for (; gone && rc == RC_OK; gone = gone->next)
        access_remove(conn, person_id, gone->group, source, now);
    return rc;
}

static bool is_there(struct conn *conn, int64_t person_id)
{
    struct query query = query_begin(conn, SQL_PERSON_IS_THERE);
    query_bind_int(&query, ":person", person_id);
    bool found = query_step(&query);
    query_end(&query);
    return found;
}

enum rc access_set(struct store *store, int64_t person_id, const char *source, const char *const *groups,
                   size_t count, int64_t now)
{
    struct arena *arena = arena_new(256 * 1024);
    if (!arena)
        return RC_INTERNAL;
    struct conn *conn = db_write(store->db);
    enum rc rc = is_there(conn, person_id) ? RC_OK : RC_NOT_FOUND;
    if (rc == RC_OK)
        rc = remove_others(conn, arena, person_id, source, groups, count, now);
    for (size_t i = 0; i < count && rc == RC_OK; i++)
        access_add(conn, person_id, groups[i], source, now);
    rc = db_end(conn, rc);
    arena_free(arena);
    return rc;
}
