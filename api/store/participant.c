#include "participant.h"

#include "inside.h"
#include "participant_inside.h"

static struct query begin(struct conn *conn, enum statement statement, const struct viewer *viewer,
                          int64_t number)
{
    struct query query = query_begin_as(conn, statement, viewer);
    query_bind_int(&query, ":number", number);
    return query;
}

/* What is known of a ticket before somebody is added to it. */
struct state {
    int64_t company_id; /* 0: none */
    int64_t requester_id;
    bool may_share;
    int64_t count;
};

static enum rc read_state(struct conn *conn, const struct viewer *viewer, int64_t number, struct state *state)
{
    struct query query = begin(conn, SQL_PARTICIPANT_STATE, viewer, number);
    bool found = query_step(&query);
    if (found)
        *state = (struct state){.company_id = query_int(&query, 0),
                                .requester_id = query_int(&query, 1),
                                .may_share = query_int(&query, 2) != 0,
                                .count = query_int(&query, 3)};
    enum rc rc = query_end(&query);
    return rc == RC_OK && !found ? RC_NOT_FOUND : rc;
}

enum rc participant_read(struct conn *conn, struct arena *arena, const struct viewer *viewer, int64_t number,
                         struct participants *participants)
{
    struct query query = begin(conn, SQL_PARTICIPANTS, viewer, number);
    while (participants->count < PARTICIPANTS_MAX && query_step(&query))
        participants->list[participants->count++] = (struct participant){
            query_int(&query, 0), query_text(&query, 1, arena), query_text(&query, 2, arena)};
    return query_end(&query);
}

enum rc participant_is_any(struct store *store, const struct viewer *viewer, bool *any)
{
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, SQL_PARTICIPANT_IS_ANY, viewer);
    *any = query_step(&query);
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

/* Who has the address and can be added; 0: nobody. `*there`: they are a participant already. */
static enum rc find_candidate(struct conn *conn, const struct state *state, int64_t number, const char *email,
                              int64_t *person_id, bool *there)
{
    struct query query = query_begin(conn, SQL_PARTICIPANT_CANDIDATE);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":email", email);
    query_bind_id(&query, ":company", state->company_id);
    query_bind_int(&query, ":requester", state->requester_id);
    bool found = query_step(&query);
    *person_id = found ? query_int(&query, 0) : 0;
    *there = found && query_int(&query, 1) != 0;
    return query_end(&query);
}

static void insert(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t person_id,
                   int64_t now)
{
    struct query query = query_begin(conn, SQL_PARTICIPANT_ADD);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":by", viewer->person_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
    outbox_add_shared(conn, person_id, number, now);
}

static enum rc add(struct conn *conn, const struct viewer *viewer, int64_t number, const struct state *state,
                   const char *email, int64_t now, bool *refused)
{
    int64_t person_id;
    bool there;
    enum rc rc = find_candidate(conn, state, number, email, &person_id, &there);
    if (rc != RC_OK || there)
        return rc;
    if (state->count >= PARTICIPANTS_MAX)
        return RC_CONFLICT;
    *refused = person_id == 0;
    if (!*refused)
        insert(conn, viewer, number, person_id, now);
    audit_add(conn, now, viewer->person_id, *refused ? "participant.refuse" : "participant.add", number,
              NULL);
    return RC_OK;
}

enum rc participant_add(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t number,
                        const char *email, int64_t now, struct participants *participants)
{
    struct state state = {0};
    bool refused = false;
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    *participants = (struct participants){.may_share = state.may_share};
    if (rc == RC_OK)
        rc = state.may_share ? add(conn, viewer, number, &state, email, now, &refused) : RC_DENIED;
    if (rc == RC_OK && !refused)
        rc = participant_read(conn, arena, viewer, number, participants);
    rc = db_end(conn, rc);
    return rc == RC_OK && refused ? RC_BAD_INPUT : rc;
}

static void take_out(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t person_id,
                     int64_t now)
{
    int64_t changes;
    struct query query = query_begin(conn, SQL_PARTICIPANT_REMOVE);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person_id);
    if (query_run(&query, &changes) != RC_OK || changes == 0)
        return;
    outbox_drop_participant(conn, person_id, number);
    audit_add(conn, now, viewer->person_id, "participant.remove", number, NULL);
}

enum rc participant_remove(struct store *store, const struct viewer *viewer, int64_t number,
                           int64_t person_id, int64_t now)
{
    struct state state = {0};
    struct conn *conn = db_write(store->db);
    enum rc rc = read_state(conn, viewer, number, &state);
    if (rc == RC_OK && !state.may_share && person_id != viewer->person_id)
        rc = RC_DENIED;
    if (rc == RC_OK)
        take_out(conn, viewer, number, person_id, now);
    return db_end(conn, rc);
}

void participant_carry(struct conn *conn, const struct viewer *viewer, int64_t number, int64_t later,
                       int64_t now)
{
    struct query query = begin(conn, SQL_PARTICIPANT_CARRY, viewer, number);
    query_bind_int(&query, ":later", later);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}
