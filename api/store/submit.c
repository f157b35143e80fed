#include "inside.h"

#include <string.h>

enum submission_kind { SUBMISSION_TICKET, SUBMISSION_REPLY };
static const char *const submission_kinds[] = {"ticket", "reply"};

/* What a submission made; found again under its key, it is handed out instead of made anew. */
struct outcome {
    int64_t number;
    int64_t message_id;
    bool repeated;
};

/* RC_NOT_FOUND: a new key, or none. RC_CONFLICT: the key was used for something else. */
static enum rc find_earlier(struct conn *conn, int64_t person_id, enum submission_kind kind,
                            const struct submission *submission, struct outcome *outcome)
{
    if (!submission)
        return RC_NOT_FOUND;
    bool same = false;
    struct query query = query_begin(conn, SQL_SUBMISSION_FIND);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":key", submission->key);
    bool found = query_step(&query);
    if (found) {
        const void *content = query_blob(&query, 0, sizeof submission->content);
        same = content && memcmp(content, submission->content, sizeof submission->content) == 0 &&
               query_choice(&query, 1, submission_kinds, 2) == kind;
        *outcome = (struct outcome){query_int(&query, 2), query_int(&query, 3), true};
    }
    enum rc rc = query_end(&query);
    if (rc != RC_OK || same)
        return rc;
    return found ? RC_CONFLICT : RC_NOT_FOUND;
}

static void remember(struct conn *conn, int64_t person_id, enum submission_kind kind,
                     const struct submission *submission, const struct outcome *outcome, int64_t now)
{
    if (!submission)
        return;
    struct query query = query_begin(conn, SQL_SUBMISSION_ADD);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":key", submission->key);
    query_bind_text(&query, ":kind", submission_kinds[kind]);
    query_bind_blob(&query, ":content", submission->content, sizeof submission->content);
    query_bind_int(&query, ":number", outcome->number);
    query_bind_int(&query, ":message", outcome->message_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

static void make_ticket(struct conn *conn, const struct viewer *viewer, const struct new_ticket *ticket,
                        int64_t now, struct outcome *outcome)
{
    struct ticket_row row = {.ticket = ticket, .requester_id = viewer->person_id, .created_at = now};
    int64_t number = insert_ticket(conn, &row);
    int64_t thread = insert_thread(conn, number, ticket->source, now);
    int64_t message =
        insert_message(conn, number, thread, viewer->person_id, false, &ticket->message, viewer->rule, now);
    if (ticket->contact_properties)
        person_patch(conn, viewer->person_id, ticket->contact_properties);
    outbox_add(conn, OUTBOX_INBOX_TICKET, 0, number, message, now);
    if (!viewer->staff)
        outbox_add(conn, OUTBOX_RECEIVED, viewer->person_id, number, message, now);
    audit_add(conn, now, viewer->person_id, "ticket.create", number, NULL);
    *outcome = (struct outcome){number, message, false};
}

enum rc ticket_create(struct store *store, const struct viewer *viewer, const struct new_ticket *ticket,
                      const struct submission *submission, int64_t now, int64_t *number, bool *repeated)
{
    struct outcome outcome = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = find_earlier(conn, viewer->person_id, SUBMISSION_TICKET, submission, &outcome);
    if (rc == RC_NOT_FOUND) {
        make_ticket(conn, viewer, ticket, now, &outcome);
        remember(conn, viewer->person_id, SUBMISSION_TICKET, submission, &outcome, now);
        rc = RC_OK;
    }
    rc = db_end(conn, rc);
    *number = outcome.number;
    *repeated = outcome.repeated;
    return rc;
}

struct reply_state {
    int64_t requester_id;
    int64_t thread_id;
    bool closed;
};

static enum rc read_state(struct conn *conn, const struct viewer *viewer, int64_t number,
                          struct reply_state *state)
{
    struct query query = query_begin_as(conn, SQL_TICKET_REPLY_STATE, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        *state = (struct reply_state){query_int(&query, 0), query_int(&query, 2), !query_is_null(&query, 1)};
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static void reopen(struct conn *conn, int64_t number, const char *stage)
{
    struct query query = query_begin(conn, SQL_TICKET_REOPEN);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":stage", stage);
    query_run(&query, NULL);
}

static void make_reply(struct conn *conn, const struct viewer *viewer, int64_t number,
                       const struct reply_state *state, const struct new_message *message, int64_t now,
                       struct outcome *outcome)
{
    int64_t thread = state->thread_id ? state->thread_id : insert_thread(conn, number, "portal", now);
    int64_t id = insert_message(conn, number, thread, viewer->person_id, false, message, viewer->rule, now);
    if (!viewer->staff)
        outbox_add(conn, OUTBOX_INBOX_REPLY, 0, number, id, now);
    else if (state->requester_id != viewer->person_id)
        outbox_add(conn, OUTBOX_REPLY, state->requester_id, number, id, now);
    audit_add(conn, now, viewer->person_id, "ticket.reply", number, NULL);
    *outcome = (struct outcome){number, id, false};
}

static enum rc reply(struct conn *conn, const struct viewer *viewer, int64_t number,
                     const struct new_message *message, const struct reply_rules *rules, int64_t now,
                     const struct reply_state *state, struct outcome *outcome)
{
    bool reopens = state->closed && !viewer->staff;
    if (reopens && !rules->may_reply_to_closed)
        return RC_DENIED;
    if (reopens && !rules->reopen_stage)
        return RC_BAD_INPUT;
    make_reply(conn, viewer, number, state, message, now, outcome);
    if (reopens) {
        reopen(conn, number, rules->reopen_stage);
        audit_add(conn, now, viewer->person_id, "ticket.reopen", number, NULL);
    }
    return RC_OK;
}

enum rc ticket_reply(struct store *store, const struct viewer *viewer, int64_t number,
                     const struct new_message *message, const struct reply_rules *rules,
                     const struct submission *submission, int64_t now, int64_t *message_id, bool *repeated)
{
    struct outcome outcome = {0};
    struct reply_state state;
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    if (rc != RC_OK)
        return db_end(conn, rc);
    rc = find_earlier(conn, viewer->person_id, SUBMISSION_REPLY, submission, &outcome);
    if (rc == RC_OK && outcome.number != number)
        rc = RC_CONFLICT;
    if (rc == RC_NOT_FOUND) {
        rc = reply(conn, viewer, number, message, rules, now, &state, &outcome);
        if (rc == RC_OK)
            remember(conn, viewer->person_id, SUBMISSION_REPLY, submission, &outcome, now);
    }
    rc = db_end(conn, rc);
    *message_id = outcome.message_id;
    *repeated = outcome.repeated;
    return rc;
}
