#include "inside.h"

static const char *const kind_names[] = {
    [OUTBOX_REPLY] = "reply",
    [OUTBOX_COPY] = "copy",
    [OUTBOX_INBOX_REPLY] = "inbox_reply",
    [OUTBOX_INBOX_TICKET] = "inbox_ticket",
    [OUTBOX_INBOX_CLOSED] = "inbox_closed",
    [OUTBOX_INBOX_RATED] = "inbox_rated",
    [OUTBOX_SHARED] = "shared",
    [OUTBOX_RECEIVED] = "received",
    [OUTBOX_RESET] = "reset",
    [OUTBOX_INVITATION] = "invitation",
    [OUTBOX_SIGN_UP] = "sign_up",
    [OUTBOX_SIGN_UP_KNOWN] = "sign_up_known",
    [OUTBOX_SIGN_IN_LINK] = "sign_in_link",
    [OUTBOX_ADDRESS] = "address",
    [OUTBOX_ADDRESS_OLD] = "address_old",
    [OUTBOX_PASSWORD_CHANGED] = "password_changed",
    [OUTBOX_TWO_STEP_ON] = "two_step_on",
    [OUTBOX_TWO_STEP_OFF] = "two_step_off",
    [OUTBOX_RECOVERY_USED] = "recovery_used",
    [OUTBOX_RECOVERY_NEW] = "recovery_new",
    [OUTBOX_CONSENT_WITHDRAWN] = "consent_withdrawn",
    [OUTBOX_NEW_SIGN_IN] = "new_sign_in",
    [OUTBOX_ERASURE_ASKED] = "erasure_asked",
    [OUTBOX_ERASURE_WITHDRAWN] = "erasure_withdrawn",
    [OUTBOX_ERASURE_DECLINED] = "erasure_declined",
    [OUTBOX_ERASURE_DONE] = "erasure_done",
};

void outbox_add(struct conn *conn, enum outbox_kind kind, int64_t person_id, int64_t number,
                int64_t message_id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD);
    query_bind_text(&query, ":kind", kind_names[kind]);
    query_bind_id(&query, ":person", person_id);
    query_bind_id(&query, ":number", number);
    query_bind_id(&query, ":message", message_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

void outbox_add_closed(struct conn *conn, int64_t number, int64_t now, int64_t due_at)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_CLOSED);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":due_at", due_at);
    query_run(&query, NULL);
}

void outbox_add_rated(struct conn *conn, int64_t number, int64_t now, int64_t due_at)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_RATED);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":now", now);
    query_bind_int(&query, ":due_at", due_at);
    query_run(&query, NULL);
    /* The newest stays: one that is being sent at this moment says what was said before. */
    query = query_begin(conn, SQL_OUTBOX_DROP_RATED);
    query_bind_int(&query, ":number", number);
    query_run(&query, NULL);
}

void outbox_drop_closed(struct conn *conn, int64_t number)
{
    struct query query = query_begin(conn, SQL_OUTBOX_DROP_CLOSED);
    query_bind_int(&query, ":number", number);
    query_run(&query, NULL);
}

void outbox_add_shared(struct conn *conn, int64_t person_id, int64_t number, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_SHARED);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

void outbox_add_participants(struct conn *conn, const struct viewer *author, int64_t number,
                             int64_t message_id, int64_t now)
{
    struct query query = query_begin_as(conn, SQL_OUTBOX_ADD_PARTICIPANTS, author);
    query_bind_int(&query, ":number", number);
    query_bind_id(&query, ":message", message_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

void outbox_drop_participant(struct conn *conn, int64_t person_id, int64_t number)
{
    struct query query = query_begin(conn, SQL_OUTBOX_DROP_PARTICIPANT);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":number", number);
    query_run(&query, NULL);
}

void outbox_add_to(struct conn *conn, enum outbox_kind kind, int64_t person_id, const char *address,
                   const char *detail, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_TO);
    query_bind_text(&query, ":kind", kind_names[kind]);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":address", address);
    query_bind_text(&query, ":detail", detail);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

void outbox_drop_address(struct conn *conn, int64_t person_id)
{
    struct query query = query_begin(conn, SQL_OUTBOX_DROP_ADDRESS);
    query_bind_int(&query, ":person", person_id);
    query_run(&query, NULL);
}

/* `back`: NULL: nowhere. */
static void add_link(struct conn *conn, enum statement statement, int64_t person_id, const char *back,
                     int64_t now)
{
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":detail", back);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

static enum rc owe_link(struct store *store, const char *email, const char *back, enum statement statement,
                        const char *action, int64_t now)
{
    struct person person = {0};
    struct arena *arena = arena_new(64 * 1024);
    enum rc rc = arena ? person_by_email(store, arena, email, &person) : RC_INTERNAL;
    int64_t person_id = rc == RC_OK ? person.id : 0;
    arena_free(arena);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    /* The unknown are written down too, without their address: both then take one commit's time. */
    struct conn *conn = db_write(store->db);
    add_link(conn, statement, person_id, back && *back ? back : NULL, now);
    audit_add(conn, now, person_id, action, 0, NULL);
    return db_end(conn, RC_OK);
}

enum rc outbox_reset(struct store *store, const char *email, const char *back, int64_t now)
{
    return owe_link(store, email, back, SQL_OUTBOX_ADD_RESET, "password.ask", now);
}

enum rc outbox_sign_in_link(struct store *store, const char *email, const char *back, int64_t now)
{
    return owe_link(store, email, back, SQL_OUTBOX_ADD_LINK, "link.ask", now);
}

void outbox_add_sign_up(struct conn *conn, int64_t sign_up_id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_SIGN_UP);
    query_bind_int(&query, ":sign_up", sign_up_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

void outbox_add_known(struct conn *conn, int64_t person_id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_ADD_KNOWN);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

static void read_mail(struct query *query, struct arena *arena, struct outbox_mail *mail)
{
    *mail = (struct outbox_mail){
        .id = query_int(query, 0),
        .kind =
            (enum outbox_kind)query_choice(query, 1, kind_names, sizeof kind_names / sizeof kind_names[0]),
        .attempts = (int)query_int(query, 2),
        .person_id = query_int(query, 3),
        .to_address = query_text(query, 4, arena),
        .to_name = query_text(query, 5, arena),
        .locale = query_text(query, 6, arena),
        .inbox = query_text(query, 7, arena),
        .number = query_int(query, 8),
        .subject = query_text(query, 9, arena),
        .message_id = query_int(query, 10),
        .author_first_name = query_text(query, 11, arena),
        .author_last_name = query_text(query, 12, arena),
        .author_staff = query_int(query, 13) != 0,
        .author_address = query_text(query, 14, arena),
        .body = query_text(query, 15, arena),
        .created_at = query_int(query, 16),
        .sign_up_id = query_int(query, 17),
        .score = query_text(query, 18, arena),
        .detail = query_text(query, 19, arena),
    };
}

enum rc outbox_next(struct store *store, struct arena *arena, int64_t now, struct outbox_mail *mail)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_NEXT);
    query_bind_int(&query, ":now", now);
    bool found = query_step(&query);
    if (found)
        read_mail(&query, arena, mail);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc outbox_together(struct store *store, struct arena *arena, int64_t person_id, int64_t number,
                        struct outbox_mail **first)
{
    struct outbox_mail **end = first;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_TOGETHER);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":most", OUTBOX_TOGETHER_MAX);
    *first = NULL;
    while (query_step(&query)) {
        *end = arena_alloc(arena, sizeof **end);
        if (!*end) {
            query_fail(&query, RC_INTERNAL);
            break;
        }
        read_mail(&query, arena, *end);
        end = &(*end)->next;
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

static void end_with(struct conn *conn, const struct outbox_mail *other, int64_t id, int64_t now)
{
    struct query query = query_begin(conn, SQL_OUTBOX_WENT_WITH);
    query_bind_int(&query, ":id", other->id);
    query_bind_int(&query, ":with", id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

enum rc outbox_sent(struct store *store, const struct outbox_mail *mail, int64_t now)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_SENT);
    query_bind_int(&query, ":id", mail->id);
    query_bind_int(&query, ":now", now);
    enum rc rc = query_run(&query, &changes);
    for (const struct outbox_mail *other = mail->next; other; other = other->next)
        end_with(conn, other, mail->id, now);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

enum rc outbox_failed(struct store *store, int64_t id, const char *why, int64_t next_at)
{
    int64_t changes = 0;
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, SQL_OUTBOX_FAILED);
    query_bind_int(&query, ":id", id);
    query_bind_text(&query, ":why", why);
    query_bind_int(&query, ":next_at", next_at);
    enum rc rc = query_run(&query, &changes);
    return db_end(conn, rc == RC_OK && changes == 0 ? RC_NOT_FOUND : rc);
}

static enum rc end_unsent(struct store *store, enum statement statement, int64_t id, const char *why,
                          int64_t now)
{
    struct conn *conn = db_write(store->db);
    struct query query = query_begin(conn, statement);
    query_bind_int(&query, ":id", id);
    query_bind_text(&query, ":why", why);
    query_bind_int(&query, ":now", now);
    return db_end(conn, query_run(&query, NULL));
}

enum rc outbox_dropped(struct store *store, int64_t id, const char *why, int64_t now)
{
    return end_unsent(store, SQL_OUTBOX_DROPPED, id, why, now);
}

enum rc outbox_given_up(struct store *store, int64_t id, const char *why, int64_t now)
{
    return end_unsent(store, SQL_OUTBOX_GIVEN_UP, id, why, now);
}
