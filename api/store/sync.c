#include "sync.h"

#include "inside.h"
#include "search.h"

#include <stdlib.h>

struct sync {
    struct conn *conn;
    const char *source;
};

static const char *const kinds[SYNC_KINDS] = {"company", "contact", "ticket", "message"};

/* Programs elsewhere are not told of what is written in between (hook.h). */
static void mute(struct sync *sync, enum statement statement)
{
    struct query query = query_begin(sync->conn, statement);
    query_run(&query, NULL);
}

struct sync *sync_begin(struct store *store, const char *source)
{
    struct sync *sync = calloc(1, sizeof *sync);
    if (!sync)
        return NULL;
    *sync = (struct sync){db_write_first(store->db), source};
    if (!sync->conn) {
        free(sync);
        return NULL;
    }
    mute(sync, SQL_HOOK_PAUSE);
    return sync;
}

enum rc sync_end(struct sync *sync, bool keep, const char *detail, int64_t now)
{
    struct conn *conn = sync->conn;
    mute(sync, SQL_HOOK_GO_ON);
    free(sync);
    if (keep && detail)
        audit_add(conn, now, 0, "data.import", 0, detail);
    enum rc earlier = conn->rc;
    enum rc rc = db_end(conn, keep ? RC_OK : RC_CONFLICT);
    return keep ? rc : earlier;
}

/* The first column of the only row; 0: there is none. */
static int64_t one_number(struct query *query)
{
    int64_t number = query_step(query) ? query_int(query, 0) : 0;
    query_end(query);
    return number;
}

static int64_t inserted(struct query *query)
{
    struct conn *conn = query->conn;
    return query_run(query, NULL) == RC_OK ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
}

static bool is_there(struct sync *sync, enum sync_kind kind, int64_t local)
{
    struct query query = query_begin(sync->conn, SQL_SYNC_IS_THERE);
    query_bind_text(&query, ":kind", kinds[kind]);
    query_bind_int(&query, ":local", local);
    return one_number(&query) != 0;
}

void sync_find(struct sync *sync, enum sync_kind kind, const char *id,
               const unsigned char content[SYNC_CONTENT_BYTES], struct sync_known *known)
{
    struct query query = query_begin(sync->conn, SQL_SYNC_FIND);
    *known = (struct sync_known){0};
    query_bind_text(&query, ":source", sync->source);
    query_bind_text(&query, ":kind", kinds[kind]);
    query_bind_text(&query, ":id", id);
    query_bind_blob(&query, ":content", content, SYNC_CONTENT_BYTES);
    if (query_step(&query)) {
        known->local = query_int(&query, 0);
        known->same = query_int(&query, 1) != 0;
    }
    query_end(&query);
    known->gone = known->local && !is_there(sync, kind, known->local);
}

void sync_note(struct sync *sync, enum sync_kind kind, const char *id, int64_t local,
               const unsigned char content[SYNC_CONTENT_BYTES])
{
    struct query query = query_begin(sync->conn, SQL_SYNC_NOTE);
    query_bind_text(&query, ":source", sync->source);
    query_bind_text(&query, ":kind", kinds[kind]);
    query_bind_text(&query, ":id", id);
    query_bind_int(&query, ":local", local);
    query_bind_blob(&query, ":content", content, SYNC_CONTENT_BYTES);
    query_run(&query, NULL);
}

int64_t sync_person_by_email(struct sync *sync, const char *email, bool *staff)
{
    int64_t id = person_known(sync->conn, email);
    *staff = id && sync_is_staff(sync, id);
    return id;
}

bool sync_is_staff(struct sync *sync, int64_t person)
{
    struct query query = query_begin(sync->conn, SQL_SYNC_IS_STAFF);
    query_bind_int(&query, ":person", person);
    return one_number(&query) != 0;
}

int64_t sync_company(struct sync *sync, int64_t id, const char *name, int64_t created_at)
{
    struct query query = query_begin(sync->conn, id ? SQL_SYNC_COMPANY_SET : SQL_COMPANY_ADD);
    query_bind_text(&query, ":name", name);
    if (!id) {
        query_bind_int(&query, ":now", created_at);
        return inserted(&query);
    }
    query_bind_int(&query, ":id", id);
    return query_run(&query, NULL) == RC_OK ? id : 0;
}

int64_t sync_company_known(struct sync *sync, const char *name)
{
    struct query query = query_begin(sync->conn, SQL_COMPANY_BY_NAME);
    query_bind_text(&query, ":name", name);
    return one_number(&query);
}

int64_t sync_company_named(struct sync *sync, const char *name, int64_t created_at)
{
    int64_t id = sync_company_known(sync, name);
    return id ? id : sync_company(sync, 0, name, created_at);
}

/* The parameters that a new and a changed one have in common. */
static void bind_person(struct query *query, const struct person *person, int manager)
{
    query_bind_text(query, ":email", person->email);
    query_bind_text(query, ":first_name", person->first_name);
    query_bind_text(query, ":last_name", person->last_name);
    query_bind_text(query, ":locale", person->locale);
    query_bind_id(query, ":company", person->company_id);
    query_bind_text(query, ":properties", person->properties ? person->properties : "{}");
    query_bind_int(query, ":manager", manager);
}

int64_t sync_person(struct sync *sync, const struct person *person, int manager, int64_t created_at)
{
    if (person->id && person_known(sync->conn, person->email) != person->id)
        person_take_back_mail(sync->conn, person->id, store_now());
    struct query query = query_begin(sync->conn, person->id ? SQL_SYNC_PERSON_SET : SQL_SYNC_PERSON_ADD);
    bind_person(&query, person, manager);
    if (!person->id) {
        query_bind_text(&query, ":role", role_name(person->role));
        query_bind_int(&query, ":now", created_at);
        return inserted(&query);
    }
    query_bind_int(&query, ":id", person->id);
    return query_run(&query, NULL) == RC_OK ? person->id : 0;
}

static int64_t add_ticket(struct sync *sync, struct query *query, const struct sync_ticket *ticket)
{
    query_bind_int(query, ":person", ticket->requester_id);
    query_bind_text(query, ":source", ticket->ticket.source);
    query_bind_int(query, ":now", ticket->created_at);
    int64_t number = inserted(query);
    if (!number)
        return 0;
    search_add_ticket(sync->conn, number, ticket->ticket.subject);
    return insert_thread(sync->conn, number, ticket->ticket.source, ticket->created_at) ? number : 0;
}

/* The words that it will not say any more; 0: it says the same. */
static int64_t unlearn(struct sync *sync, struct query *alters)
{
    int64_t number = one_number(alters);
    if (number)
        search_forget(sync->conn, number);
    return number;
}

static int64_t change_ticket(struct query *query, const struct sync_ticket *ticket)
{
    query_bind_int(query, ":number", ticket->number);
    return query_run(query, NULL) == RC_OK ? ticket->number : 0;
}

int64_t sync_ticket(struct sync *sync, const struct sync_ticket *ticket)
{
    const struct new_ticket *said = &ticket->ticket;
    struct query alters = query_begin(sync->conn, SQL_SEARCH_TICKET_ALTERS);
    query_bind_int(&alters, ":number", ticket->number);
    query_bind_text(&alters, ":subject", said->subject);
    int64_t altered = unlearn(sync, &alters);
    struct query query = query_begin(sync->conn, ticket->number ? SQL_SYNC_TICKET_SET : SQL_SYNC_TICKET_ADD);
    query_bind_text(&query, ":subject", said->subject);
    query_bind_id(&query, ":owner", ticket->owner_id);
    query_bind_text(&query, ":inbox", said->inbox);
    query_bind_text(&query, ":pipeline", said->pipeline);
    query_bind_text(&query, ":stage", said->stage);
    query_bind_text(&query, ":category", said->category);
    query_bind_text(&query, ":priority", said->priority);
    query_bind_text(&query, ":properties", said->properties ? said->properties : "{}");
    query_bind_id(&query, ":closed_at", ticket->closed_at);
    int64_t number = ticket->number ? change_ticket(&query, ticket) : add_ticket(sync, &query, ticket);
    if (number && altered)
        search_learn(sync->conn, altered);
    return number;
}

void sync_participant(struct sync *sync, int64_t number, int64_t person, int64_t at)
{
    struct query query = query_begin(sync->conn, SQL_SYNC_PARTICIPANT);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person);
    query_bind_int(&query, ":now", at);
    query_run(&query, NULL);
}

/* The conversation of this channel, made when the ticket has none of it. */
static int64_t thread_of(struct sync *sync, const struct sync_message *message)
{
    struct query query = query_begin(sync->conn, SQL_SYNC_THREAD);
    query_bind_int(&query, ":number", message->number);
    query_bind_text(&query, ":channel", message->channel);
    int64_t thread = one_number(&query);
    if (thread || !message->channel)
        return thread;
    return insert_thread(sync->conn, message->number, message->channel, message->created_at);
}

static void bind_message(struct query *query, const struct sync_message *message)
{
    query_bind_int(query, ":id", message->id);
    query_bind_text(query, ":body", message->body);
    query_bind_int(query, ":internal", message->internal);
}

static int64_t change_message(struct sync *sync, const struct sync_message *message)
{
    struct query alters = query_begin(sync->conn, SQL_SEARCH_MESSAGE_ALTERS);
    bind_message(&alters, message);
    int64_t altered = unlearn(sync, &alters);
    struct query query = query_begin(sync->conn, SQL_SYNC_MESSAGE_SET);
    bind_message(&query, message);
    if (query_run(&query, NULL) != RC_OK)
        return 0;
    if (altered)
        search_learn(sync->conn, altered);
    return message->id;
}

int64_t sync_message(struct sync *sync, const struct sync_message *message)
{
    if (message->id)
        return change_message(sync, message);
    const struct new_message said = {.body = message->body};
    return insert_message(sync->conn, message->number, thread_of(sync, message), message->author_id,
                          message->internal, &said, NULL, message->created_at);
}
