#include "inside.h"
#include "search.h"

#define SUBJECT_CEILING (64 * 1024)

static int64_t run_insert(struct query *query)
{
    int64_t changes = 0;
    struct conn *conn = query->conn;
    enum rc rc = query_run(query, &changes);
    return rc == RC_OK && changes > 0 ? sqlite3_last_insert_rowid(conn->sqlite) : 0;
}

int64_t insert_ticket(struct conn *conn, const struct ticket_row *row)
{
    const struct new_ticket *ticket = row->ticket;
    struct query query = query_begin(conn, SQL_TICKET_ADD);
    query_bind_text(&query, ":subject", ticket->subject);
    query_bind_int(&query, ":person", row->requester_id);
    query_bind_id(&query, ":owner", row->owner_id);
    query_bind_text(&query, ":inbox", ticket->inbox);
    query_bind_text(&query, ":pipeline", ticket->pipeline);
    query_bind_text(&query, ":stage", ticket->stage);
    query_bind_text(&query, ":category", ticket->category);
    query_bind_text(&query, ":priority", ticket->priority);
    query_bind_text(&query, ":source", ticket->source);
    query_bind_text(&query, ":properties", ticket->properties);
    query_bind_int(&query, ":now", row->created_at);
    query_bind_id(&query, ":closed_at", row->closed_at);
    int64_t number = run_insert(&query);
    if (number == 0 && conn->rc == RC_OK)
        conn->rc = RC_NOT_FOUND;
    search_add_ticket(conn, number, ticket->subject);
    return number;
}

int64_t insert_follow_up(struct conn *conn, int64_t number, int64_t person_id, const char *stage, int64_t now)
{
    struct arena *arena = arena_new(SUBJECT_CEILING);
    struct query query = query_begin(conn, SQL_TICKET_FOLLOW);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person_id);
    query_bind_text(&query, ":stage", stage);
    query_bind_int(&query, ":now", now);
    bool made = query_step(&query);
    int64_t later = made ? query_int(&query, 0) : 0;
    const char *subject = made ? query_text(&query, 1, arena) : NULL;
    if (query_end(&query) == RC_OK && !made)
        conn->rc = RC_NOT_FOUND;
    if (subject)
        search_add_ticket(conn, later, subject);
    arena_free(arena);
    return later;
}

int64_t insert_thread(struct conn *conn, int64_t number, const char *channel, int64_t now)
{
    struct query query = query_begin(conn, SQL_THREAD_ADD);
    query_bind_int(&query, ":number", number);
    query_bind_text(&query, ":channel", channel);
    query_bind_int(&query, ":now", now);
    return run_insert(&query);
}

static void insert_file(struct conn *conn, int64_t message_id, size_t position, const struct file *file)
{
    struct query query = query_begin(conn, SQL_FILE_ADD);
    query_bind_text(&query, ":id", file->id);
    query_bind_int(&query, ":message", message_id);
    query_bind_int(&query, ":position", (int64_t)position);
    query_bind_text(&query, ":name", file->name);
    query_bind_text(&query, ":type", file->type);
    query_bind_int(&query, ":size", file->size);
    query_bind_blob(&query, ":sha256", file->sha256, sizeof file->sha256);
    query_run(&query, NULL);
}

/* Move the last activity, when everybody may see this message who sees its ticket. */
static void touch(struct conn *conn, int64_t number, int64_t message_id, const struct visible_rule *rule,
                  int64_t now)
{
    const struct viewer anybody = {.rule = rule, .now = now};
    struct query query = query_begin_as(conn, SQL_TICKET_TOUCH, &anybody);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":message", message_id);
    query_bind_int(&query, ":now", now);
    query_run(&query, NULL);
}

int64_t insert_message(struct conn *conn, int64_t number, int64_t thread_id, int64_t author_id, bool internal,
                       const struct new_message *message, const struct visible_rule *rule, int64_t now)
{
    struct query query = query_begin(conn, SQL_MESSAGE_ADD);
    query_bind_int(&query, ":thread", thread_id);
    query_bind_int(&query, ":author", author_id);
    query_bind_int(&query, ":internal", internal);
    query_bind_text(&query, ":body", message->body);
    query_bind_int(&query, ":now", now);
    query_bind_text(&query, ":mail", message->mail_id);
    int64_t id = run_insert(&query);
    for (size_t i = 0; i < message->file_count; i++)
        insert_file(conn, id, i, &message->files[i]);
    if (!internal) {
        touch(conn, number, id, rule, now);
        search_add(conn, number, message->body);
    }
    return conn->rc == RC_OK ? id : 0;
}
