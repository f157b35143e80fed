#include "inside.h"
#include "submission.h"

struct reply_state {
    int64_t requester_id;
    int64_t thread_id;
    int64_t closed_at; /* 0: open */
};

static enum rc read_state(struct conn *conn, const struct viewer *viewer, int64_t number,
                          struct reply_state *state)
{
    struct query query = query_begin_as(conn, SQL_TICKET_REPLY_STATE, viewer);
    query_bind_int(&query, ":number", number);
    bool found = query_step(&query);
    if (found)
        *state = (struct reply_state){query_int(&query, 0), query_int(&query, 2), query_int(&query, 1)};
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

static void reopen(struct conn *conn, int64_t number, const char *stage)
{
    struct query query = query_begin(conn, SQL_TICKET_REOPEN);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":stage", stage);
    query_run(&query, NULL);
    outbox_drop_closed(conn, number);
}

/* A note is in no mail, and closed tickets take it as they are. */
static void make_note(struct conn *conn, const struct viewer *viewer, int64_t number,
                      const struct reply_state *state, const struct new_message *message, int64_t now,
                      struct outcome *outcome)
{
    int64_t thread = state->thread_id ? state->thread_id : insert_thread(conn, number, "portal", now);
    int64_t id = insert_message(conn, number, thread, viewer->person_id, true, message, viewer->rule, now);
    audit_add(conn, now, viewer->person_id, "ticket.note", number, NULL);
    *outcome = (struct outcome){.number = number, .message_id = id};
}

/* Did others write after what this person of the team has seen? */
static enum rc check_seen(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t seen,
                          bool *changed)
{
    if (!viewer->staff || seen == 0)
        return RC_OK;
    struct query query = query_begin_as(conn, SQL_TICKET_WROTE_SINCE, viewer);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":seen", seen);
    query_bind_int(&query, ":person", viewer->person_id);
    *changed = query_step(&query);
    enum rc rc = query_end(&query);
    return rc == RC_OK && *changed ? RC_CONFLICT : rc;
}

static void make_reply(struct conn *conn, const struct viewer *viewer, int64_t number,
                       const struct reply_state *state, const struct new_message *message, int64_t now,
                       struct outcome *outcome)
{
    int64_t thread = state->thread_id ? state->thread_id : insert_thread(conn, number, "portal", now);
    int64_t id = insert_message(conn, number, thread, viewer->person_id, false, message, viewer->rule, now);
    if (!viewer->staff)
        outbox_add(conn, OUTBOX_INBOX_REPLY, 0, number, id, now);
    if (state->requester_id != viewer->person_id)
        outbox_add(conn, viewer->staff ? OUTBOX_REPLY : OUTBOX_COPY, state->requester_id, number, id, now);
    outbox_add_participants(conn, viewer, number, id, now);
    audit_add(conn, now, viewer->person_id, "ticket.reply", number, NULL);
    *outcome = (struct outcome){.number = number, .message_id = id};
}

static void make_follow_up(struct conn *conn, const struct viewer *viewer, int64_t number,
                           const struct reply_rules *rules, const struct new_message *message, int64_t now,
                           struct outcome *outcome)
{
    int64_t later = insert_follow_up(conn, number, viewer->person_id, rules->reopen_stage, now);
    participant_carry(conn, viewer, number, later, now);
    int64_t thread = insert_thread(conn, later, "portal", now);
    int64_t id = insert_message(conn, later, thread, viewer->person_id, false, message, viewer->rule, now);
    outbox_add(conn, OUTBOX_INBOX_TICKET, 0, later, id, now);
    outbox_add(conn, OUTBOX_RECEIVED, viewer->person_id, later, id, now);
    outbox_add_participants(conn, viewer, later, id, now);
    audit_add(conn, now, viewer->person_id, "ticket.follow_up", later, NULL);
    *outcome = (struct outcome){.number = later, .message_id = id, .follows = number};
}

enum reply_effect ticket_reply_effect(const struct viewer *viewer, int64_t closed_at,
                                      const struct reply_rules *rules, int64_t now)
{
    if (closed_at == 0 || viewer->staff)
        return REPLY_ADDS;
    if (!rules->may_reply_to_closed || !rules->reopen_stage)
        return REPLY_REFUSED;
    return rules->follow_up_ms > 0 && now - closed_at > rules->follow_up_ms ? REPLY_FOLLOWS : REPLY_REOPENS;
}

static enum rc reply(struct conn *conn, const struct viewer *viewer, int64_t number,
                     const struct new_message *message, const struct reply_rules *rules, int64_t now,
                     const struct reply_state *state, struct outcome *outcome)
{
    enum reply_effect effect = ticket_reply_effect(viewer, state->closed_at, rules, now);
    if (effect == REPLY_REFUSED)
        return RC_DENIED;
    if (effect == REPLY_FOLLOWS) {
        make_follow_up(conn, viewer, number, rules, message, now, outcome);
        return RC_OK;
    }
    if (viewer->staff && rules->internal)
        make_note(conn, viewer, number, state, message, now, outcome);
    else
        make_reply(conn, viewer, number, state, message, now, outcome);
    if (effect == REPLY_REOPENS) {
        reopen(conn, number, rules->reopen_stage);
        audit_add(conn, now, viewer->person_id, "ticket.reopen", number, NULL);
    }
    return RC_OK;
}

enum rc ticket_reply(struct store *store, const struct viewer *viewer, int64_t number,
                     const struct new_message *message, const struct reply_rules *rules,
                     const struct submission *submission, int64_t now, struct reply_made *made)
{
    struct outcome outcome = {0};
    struct reply_state state;
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    if (rc != RC_OK)
        return db_end(conn, rc);
    rc = submission_find(conn, viewer->person_id, SUBMISSION_REPLY, submission, &outcome);
    if (rc == RC_OK && outcome.number != number && outcome.follows != number)
        rc = RC_CONFLICT;
    bool changed = false, fresh = rc == RC_NOT_FOUND;
    if (fresh)
        rc = check_seen(conn, viewer, number, rules->seen, &changed);
    if (fresh && rc == RC_OK) {
        rc = reply(conn, viewer, number, message, rules, now, &state, &outcome);
        if (rc == RC_OK)
            submission_keep(conn, viewer->person_id, SUBMISSION_REPLY, submission, &outcome, now);
    }
    rc = db_end(conn, rc);
    *made = (struct reply_made){outcome.number, outcome.message_id, outcome.repeated, changed};
    return rc;
}
