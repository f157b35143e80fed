#include "erase.h"

#include "erase_inside.h"
#include "search.h"

#define PATIENCE_MS 500
#define PATIENCE_MAX_MS 60000
#define RESTS 60
#define FAILED_MS 60000 /* a full disk needs somebody */

struct due {
    int64_t id, person_id;
    bool begun;
};

void erase_run(struct conn *conn, enum statement statement, int64_t person_id)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":person", person_id);
    query_run(&query, NULL);
}

static enum rc find_due(struct store *store, int64_t after, int64_t now, struct due *due)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ERASURE_DUE);
    query_bind_int(&query, ":after", after);
    query_bind_int(&query, ":now", now);
    bool found = query_step(&query);
    if (found)
        *due = (struct due){query_int(&query, 0), query_int(&query, 1), query_int(&query, 2) != 0};
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

/* --- the person ------------------------------------------------------------------------------------------
 */

/* Sign-ups are found by the addresses that others of these delete. */
static const enum statement of_person[] = {
    SQL_ERASE_HOOK_ANSWERS, SQL_ERASE_SIGN_UPS,      SQL_SESSION_END_ALL,  SQL_HALF_END_ALL,
    SQL_ERASE_TOKENS,       SQL_ERASE_DEVICES,       SQL_ADDRESS_FORGET,   SQL_ERASE_TWO_STEP,
    SQL_RECOVERY_DROP,      SQL_ERASE_GROUPS,        SQL_ERASE_IDENTITIES, SQL_ERASE_SUBMISSIONS,
    SQL_ERASE_RATINGS,      SQL_ERASE_SHARED,        SQL_ERASE_SHARED_BY,  SQL_ERASE_EXTERNAL,
    SQL_ERASE_INBOUND,      SQL_ERASE_INBOUND_ABOUT, SQL_ERASE_MAIL_OF,    SQL_ERASE_MAIL,
    SQL_ERASE_REASONS,      SQL_ERASE_MAIL_CHOICE,
};

static const char *read_address(struct conn *conn, struct arena *arena, int64_t person_id)
{
    struct query query = query_begin(conn, SQL_ERASE_ADDRESS);
    query_bind_int(&query, ":person", person_id);
    const char *address = query_step(&query) ? query_text(&query, 0, arena) : NULL;
    query_end(&query);
    return address;
}

static void empty_person(struct conn *conn, const struct due *due, const struct erase_words *words,
                         int64_t now)
{
    struct query query = query_begin(conn, SQL_ERASE_PERSON);
    query_bind_int(&query, ":person", due->person_id);
    query_bind_text(&query, ":name", words->name);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

/* False: it was withdrawn or declined a moment ago. */
static bool mark_begun(struct conn *conn, const struct due *due, int64_t now)
{
    int64_t changes = 0;
    struct query query = query_begin(conn, SQL_ERASURE_BEGIN);
    query_bind_int(&query, ":id", due->id);
    query_bind_int(&query, ":now", now);
    query_run(&query, &changes);
    return changes > 0;
}

static enum rc begin(struct store *store, const struct due *due, const struct erase_words *words, int64_t now)
{
    enum rc rc = erase_mail_files(store, due->person_id);
    struct arena *arena = rc == RC_OK ? arena_new(64 * 1024) : NULL;
    if (!arena)
        return rc == RC_OK ? RC_INTERNAL : rc;
    struct conn *conn = db_write(store->db);
    const char *address = read_address(conn, arena, due->person_id);
    if (mark_begun(conn, due, now)) {
        for (size_t i = 0; i < sizeof of_person / sizeof of_person[0]; i++)
            erase_run(conn, of_person[i], due->person_id);
        empty_person(conn, due, words, now);
        outbox_add_to(conn, OUTBOX_ERASURE_DONE, due->person_id, address, NULL, now);
    }
    rc = db_end(conn, RC_OK);
    arena_free(arena);
    return rc;
}

/* --- the end ---------------------------------------------------------------------------------------------
 */

static bool mail_is_owed(struct store *store, int64_t person_id)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_ERASE_MAIL_IS_OWED);
    query_bind_int(&query, ":person", person_id);
    bool owed = query_step(&query);
    bool sure = query_end(&query) == RC_OK;
    db_done(conn);
    return owed || !sure;
}

static enum rc forget_address(struct store *store, const struct due *due, const struct erase_words *words)
{
    struct conn *conn = db_write(store->db);
    erase_run(conn, SQL_ERASE_MAIL, due->person_id);
    erase_run(conn, SQL_ERASE_HOOK_ANSWERS, due->person_id); /* of what was on its way then */
    struct query query = query_begin(conn, SQL_ERASE_LANGUAGE);
    query_bind_int(&query, ":person", due->person_id);
    query_bind_text(&query, ":locale", words->locale);
    query_run(&query, NULL);
    return db_end(conn, RC_OK);
}

static enum rc mark_done(struct store *store, const struct due *due, int64_t now)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_ERASURE_END);
    query_bind_int(&query, ":id", due->id);
    query_bind_text(&query, ":outcome", "done");
    query_bind_text(&query, ":reason", NULL);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    audit_add(conn, now, due->person_id, "erasure.done", 0, NULL);
    return db_end(conn, RC_OK);
}

static enum rc scrub(struct store *store, struct erase_pace *pace)
{
    int64_t patience = pace->patience_ms > 0 ? pace->patience_ms : PATIENCE_MS;
    int64_t began = store_now();
    enum rc rc = db_scrub(store->db, patience, pace->stopping);
    int64_t ended = store_now();
    pace->not_before = ended + RESTS * (ended - began) + (rc == RC_OK ? 0 : FAILED_MS);
    if (rc == RC_OK)
        pace->patience_ms = 0;
    else if (rc == RC_CONFLICT)
        pace->patience_ms = patience < PATIENCE_MAX_MS ? 2 * patience : patience;
    return rc;
}

/* Only what has left the disk is said to be done. */
static enum rc finish(struct store *store, const struct due *due, const struct erase_words *words,
                      struct erase_pace *pace, int64_t now)
{
    enum rc rc = erase_mail_files(store, due->person_id);
    if (rc == RC_OK)
        rc = forget_address(store, due, words);
    if (rc == RC_OK)
        rc = search_tidy(store->db);
    if (rc == RC_OK)
        rc = scrub(store, pace);
    return rc == RC_OK ? mark_done(store, due, now) : rc;
}

/* RC_NOT_FOUND: it waits for its last mail, or for when the files may be written anew. */
static enum rc carry_on(struct store *store, const struct due *due, const struct erase_words *words,
                        struct erase_pace *pace, int64_t now)
{
    if (!due->begun)
        return begin(store, due, words, now);
    enum rc rc = erase_ticket(store, due->person_id, words, now);
    if (rc != RC_NOT_FOUND)
        return rc == RC_CONFLICT ? RC_OK : rc; /* again, at once */
    if (mail_is_owed(store, due->person_id) || store_now() < pace->not_before)
        return RC_NOT_FOUND;
    rc = finish(store, due, words, pace, now);
    return rc == RC_CONFLICT ? RC_NOT_FOUND : rc;
}

enum rc erase_next(struct store *store, const struct erase_words *words, struct erase_pace *pace, int64_t now)
{
    struct due due = {0};
    enum rc rc = RC_NOT_FOUND;
    while (rc == RC_NOT_FOUND) {
        rc = find_due(store, due.id, now, &due);
        if (rc != RC_OK)
            return rc;
        rc = carry_on(store, &due, words, pace, now);
    }
    return rc;
}
