#include "sync_read.h"

#include "inside.h"

static const struct viewer team = {.staff = true};

static const char *text_at(struct query *query, int column)
{
    size_t len;
    return query_span(query, column, &len);
}

static void read_company(struct query *query, struct sync_row *row)
{
    row->name = text_at(query, 3);
}

static void read_contact(struct query *query, struct sync_row *row)
{
    row->email = text_at(query, 3);
    row->first_name = text_at(query, 4);
    row->last_name = text_at(query, 5);
    row->locale = text_at(query, 6);
    row->company_id = text_at(query, 7);
    row->company = text_at(query, 8);
    row->manager = query_int(query, 9) != 0;
    row->disabled = query_int(query, 10) != 0;
    row->properties = text_at(query, 11);
}

static void read_ticket(struct query *query, struct sync_row *row)
{
    row->subject = text_at(query, 3);
    row->requester = text_at(query, 4);
    row->owner = text_at(query, 5);
    row->company_id = text_at(query, 6);
    row->company = text_at(query, 7);
    row->inbox = text_at(query, 8);
    row->pipeline = text_at(query, 9);
    row->stage = text_at(query, 10);
    row->category = text_at(query, 11);
    row->priority = text_at(query, 12);
    row->source = text_at(query, 13);
    row->properties = text_at(query, 14);
    row->last_activity_at = query_int(query, 15);
    row->closed_at = query_int(query, 16);
}

static void read_message(struct query *query, struct sync_row *row)
{
    row->ticket = query_int(query, 3);
    row->author = text_at(query, 4);
    row->text = text_at(query, 5);
    row->channel = text_at(query, 6);
}

/* What a kind is read with; its first columns are ours, theirs, and when it was made. */
struct reading {
    enum statement statement;
    void (*read)(struct query *query, struct sync_row *row);
};

static enum rc walk(struct store *store, const struct reading *reading, const struct sync_page *page,
                    sync_visit *each, void *context)
{
    bool more = true;
    struct conn *conn = db_read(store->db);
    struct query query = query_begin_as(conn, reading->statement, &team);
    query_bind_text(&query, ":source", page->source);
    query_bind_int(&query, ":after", page->after);
    query_bind_int(&query, ":limit", page->limit);
    while (more && query_step(&query)) {
        struct sync_row row = {
            .here = query_int(&query, 0), .id = text_at(&query, 1), .created_at = query_int(&query, 2)};
        reading->read(&query, &row);
        more = each(context, &row);
    }
    enum rc rc = query_end(&query);
    db_done(conn);
    return rc;
}

enum rc sync_read_companies(struct store *store, const struct sync_page *page, sync_visit *each,
                            void *context)
{
    return walk(store, &(struct reading){SQL_SYNC_READ_COMPANIES, read_company}, page, each, context);
}

enum rc sync_read_contacts(struct store *store, const struct sync_page *page, sync_visit *each, void *context)
{
    return walk(store, &(struct reading){SQL_SYNC_READ_CONTACTS, read_contact}, page, each, context);
}

enum rc sync_read_tickets(struct store *store, const struct sync_page *page, sync_visit *each, void *context)
{
    return walk(store, &(struct reading){SQL_SYNC_READ_TICKETS, read_ticket}, page, each, context);
}

enum rc sync_read_messages(struct store *store, const struct sync_page *page, sync_visit *each, void *context)
{
    return walk(store, &(struct reading){SQL_SYNC_READ_MESSAGES, read_message}, page, each, context);
}
