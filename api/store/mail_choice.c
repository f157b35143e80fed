#include "mail_choice.h"

#include "inside.h"

static const char *const words[MAIL_MATTERS] = {
    [MAIL_REPLIES] = "replies",
    [MAIL_COPIES] = "copies",
    [MAIL_SHARED] = "shared",
    [MAIL_RECEIVED] = "received",
};

static const struct {
    const char *word;
    int minutes;
} togethers[MAIL_TOGETHERS] = {
    [MAIL_AT_ONCE] = {"at_once", 0},
    [MAIL_WITHIN_AN_HOUR] = {"hour", 60},
    [MAIL_WITHIN_A_DAY] = {"day", 24 * 60},
};

const char *mail_together_word(enum mail_together together)
{
    return togethers[together].word;
}

const char *mail_matter_word(enum mail_matter matter)
{
    return words[matter];
}

enum mail_matter mail_matter_of(enum outbox_kind kind)
{
    switch (kind) {
    case OUTBOX_REPLY:
        return MAIL_REPLIES;
    case OUTBOX_COPY:
        return MAIL_COPIES;
    case OUTBOX_SHARED:
        return MAIL_SHARED;
    case OUTBOX_RECEIVED:
        return MAIL_RECEIVED;
    default:
        return MAIL_MATTERS;
    }
}

enum rc mail_choice_read(struct store *store, int64_t person_id, struct mail_choice *choice)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_MAIL_CHOICE_READ);
    query_bind_int(&query, ":person", person_id);
    bool found = query_step(&query);
    for (int i = 0; i < MAIL_MATTERS; i++)
        choice->told[i] = !found || query_int(&query, i) != 0;
    int64_t minutes = found ? query_int(&query, MAIL_MATTERS) : 0;
    choice->together = MAIL_AT_ONCE;
    for (int i = 0; i < MAIL_TOGETHERS; i++)
        if (togethers[i].minutes == minutes)
            choice->together = (enum mail_together)i;
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static void move_due(struct conn *conn, int64_t person_id, int minutes, int64_t now)
{
    struct query query = query_begin(conn, SQL_MAIL_CHOICE_DUE);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":together", minutes);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

static enum rc change(struct store *store, enum statement statement, int64_t person_id,
                      const struct mail_choice *choice, int64_t now)
{
    static const char *const names[MAIL_MATTERS] = {":replies", ":copies", ":shared", ":received"};
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":person", person_id);
    for (int i = 0; i < MAIL_MATTERS; i++)
        query_bind_int(&query, names[i], choice->told[i]);
    query_bind_int(&query, ":together", togethers[choice->together].minutes);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    if (statement == SQL_MAIL_CHOICE_WRITE)
        move_due(conn, person_id, togethers[choice->together].minutes, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc mail_choice_write(struct store *store, int64_t person_id, const struct mail_choice *choice,
                          int64_t now)
{
    return change(store, SQL_MAIL_CHOICE_WRITE, person_id, choice, now);
}

enum rc mail_choice_stop(struct store *store, int64_t person_id, enum mail_matter matter, int64_t now)
{
    struct mail_choice choice = {.together = MAIL_AT_ONCE}; /* of who never chose */
    for (int i = 0; i < MAIL_MATTERS; i++)
        choice.told[i] = i != (int)matter;
    return change(store, SQL_MAIL_CHOICE_STOP, person_id, &choice, now);
}
