#include "import.h"

#include "inside.h"

#include <stdlib.h>

struct import {
    struct conn *conn;
    int64_t number; /* the ticket that got a thread last */
    int64_t thread;
};

struct import *import_begin(struct store *store)
{
    struct import *import = calloc(1, sizeof *import);
    if (import)
        import->conn = db_write(store->db);
    return import;
}

enum rc import_end(struct import *import, bool keep, int64_t now)
{
    struct conn *conn = import->conn;
    free(import);
    if (keep)
        audit_add(conn, now, 0, "data.import", 0, NULL);
    enum rc earlier = conn->rc;
    enum rc rc = db_end(conn, keep ? RC_OK : RC_CONFLICT);
    return keep ? rc : earlier;
}

static enum rc inserted(struct import *import, struct query *query, int64_t *id)
{
    enum rc rc = query_run(query, NULL);
    *id = rc == RC_OK ? sqlite3_last_insert_rowid(import->conn->sqlite) : 0;
    return rc;
}

enum rc import_company(struct import *import, const char *name, int64_t created_at, int64_t *id)
{
    struct query query = query_begin(import->conn, SQL_COMPANY_ADD);
    query_bind_text(&query, ":name", name);
    query_bind_int(&query, ":now", created_at);
    return inserted(import, &query, id);
}

enum rc import_person(struct import *import, const struct person *person, int64_t created_at, int64_t *id)
{
    struct query query = query_begin(import->conn, SQL_PERSON_ADD);
    query_bind_text(&query, ":role", role_name(person->role));
    query_bind_text(&query, ":email", person->email);
    query_bind_text(&query, ":first_name", person->first_name);
    query_bind_text(&query, ":last_name", person->last_name);
    query_bind_text(&query, ":locale", person->locale);
    query_bind_id(&query, ":company", person->company_id);
    query_bind_text(&query, ":password", person->password);
    query_bind_text(&query, ":properties", person->properties);
    query_bind_int(&query, ":manager", person->manager);
    query_bind_int(&query, ":now", created_at);
    return inserted(import, &query, id);
}

enum rc import_ticket(struct import *import, const struct import_ticket *ticket, int64_t *number)
{
    struct ticket_row row = {
        .ticket = &ticket->ticket,
        .requester_id = ticket->requester_id,
        .owner_id = ticket->owner_id,
        .created_at = ticket->created_at,
        .closed_at = ticket->closed_at,
    };
    *number = insert_ticket(import->conn, &row);
    import->number = *number;
    import->thread = insert_thread(import->conn, *number, ticket->ticket.source, ticket->created_at);
    return import->conn->rc;
}

enum rc import_participant(struct import *import, int64_t number, int64_t person_id, int64_t added_at)
{
    if (number != import->number)
        return RC_BAD_INPUT;
    struct query query = query_begin(import->conn, SQL_PARTICIPANT_IMPORT);
    query_bind_int(&query, ":number", number);
    query_bind_int(&query, ":person", person_id);
    query_bind_int(&query, ":now", added_at);
    return query_run(&query, NULL);
}

enum rc import_thread(struct import *import, int64_t number, const char *channel, int64_t created_at)
{
    if (number != import->number)
        return RC_BAD_INPUT;
    import->thread = insert_thread(import->conn, number, channel, created_at);
    return import->conn->rc;
}

enum rc import_message(struct import *import, int64_t number, int64_t author_id, bool internal,
                       const struct new_message *message, int64_t created_at)
{
    if (number != import->number)
        return RC_BAD_INPUT;
    insert_message(import->conn, number, import->thread, author_id, internal, message, NULL, created_at);
    return import->conn->rc;
}
