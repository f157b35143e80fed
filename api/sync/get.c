/* GET /sync/companies, contacts, tickets, tickets/messages: what is here, a page at a time. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/audit.h"
#include "../store/sync_read.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 100, PAGE_MAX = 500, PAGE_BYTES = 4 * 1024 * 1024, DIGITS_MAX = 15 };

struct getting {
    struct buf *out;
    void (*write)(struct buf *out, const struct sync_row *row);
    int64_t count, limit, last;
    bool more;
};

/* --- the rows --------------------------------------------------------------------------------------------
 */

static void write_company(struct buf *out, const struct sync_row *row)
{
    write_text(out, "name", row->name);
}

static void write_its_company(struct buf *out, const struct sync_row *row)
{
    write_text(out, "company", row->company_id);
    write_text(out, "company_name", row->company);
}

static void write_contact(struct buf *out, const struct sync_row *row)
{
    write_text(out, "email", row->email);
    write_text(out, "first_name", row->first_name);
    write_text(out, "last_name", row->last_name);
    write_text(out, "locale", row->locale);
    write_its_company(out, row);
    write_bool(out, "manager", row->manager);
    write_bool(out, "disabled", row->disabled);
    write_json(out, "properties", row->properties);
}

static void write_ticket(struct buf *out, const struct sync_row *row)
{
    write_text(out, "subject", row->subject);
    write_text(out, "requester", row->requester);
    write_text(out, "owner", row->owner);
    write_its_company(out, row);
    write_text(out, "inbox", row->inbox);
    write_text(out, "pipeline", row->pipeline);
    write_text(out, "stage", row->stage);
    write_text(out, "status", row->closed_at ? "closed" : "open");
    write_text(out, "category", row->category);
    write_text(out, "priority", row->priority);
    write_text(out, "source", row->source);
    write_json(out, "properties", row->properties);
    write_time(out, "last_activity_at", row->last_activity_at);
    write_time(out, "closed_at", row->closed_at);
}

static void write_message(struct buf *out, const struct sync_row *row)
{
    write_number(out, "ticket", row->ticket);
    write_text(out, "author", row->author);
    write_text(out, "text", row->text);
    write_text(out, "channel", row->channel);
}

/* One more than the page has is read, to know whether there are more. */
static bool add(void *context, const struct sync_row *row)
{
    struct getting *getting = context;
    struct buf *out = getting->out;
    getting->more = getting->count == getting->limit || out->len > PAGE_BYTES;
    if (getting->more)
        return false;
    write_begin(out, NULL, '{');
    write_number(out, "here", row->here);
    write_text(out, "id", row->id);
    getting->write(out, row);
    write_time(out, "created_at", row->created_at);
    write_end(out, '}');
    getting->last = row->here;
    getting->count++;
    return true;
}

/* --- the request -----------------------------------------------------------------------------------------
 */

/* A number of the query. False: it is none, or not in its limits. */
static bool read_number(const char *text, int64_t least, int64_t most, int64_t *number)
{
    size_t len = text ? strspn(text, "0123456789") : 0;
    if (!text)
        return true;
    *number = len > 0 && len <= DIGITS_MAX && !text[len] ? strtoll(text, NULL, 10) : -1;
    return *number >= least && *number <= most;
}

static enum problem read_page(struct request *request, struct sync_page *page)
{
    const char *after, *limit;
    const struct request_text params[] = {{"after", &after}, {"limit", &limit}, {0}};
    *page = (struct sync_page){.source = request->token.source, .limit = PAGE};
    enum problem problem = request_params(request, params);
    bool good = problem == PROBLEM_NONE && read_number(after, 0, INT64_MAX, &page->after) &&
                read_number(limit, 1, PAGE_MAX, &page->limit);
    return problem == PROBLEM_NONE && !good ? PROBLEM_BAD_INPUT : problem;
}

static enum problem get(struct request *request, const char *what, sync_read *read,
                        void (*write)(struct buf *out, const struct sync_row *row))
{
    struct sync_page page;
    struct buf *out = &request->out;
    struct getting getting = {.out = out, .write = write};
    enum problem problem = read_page(request, &page);
    if (problem != PROBLEM_NONE)
        return problem;
    getting.limit = page.limit++;
    write_begin(out, NULL, '{');
    write_begin(out, "records", '[');
    enum rc rc = read(request->store, &page, add, &getting);
    if (rc == RC_OK && page.after == 0) /* the pages that follow belong to the same */
        rc = audit_write(request->store, request->now, 0, "sync.read", 0, what);
    write_end(out, ']');
    if (getting.more)
        write_number(out, "next", getting.last);
    else
        write_text(out, "next", NULL);
    write_end(out, '}');
    return rc == RC_OK ? respond_json(request, 200) : problem_of(rc);
}

enum problem handle_sync_get_companies(struct request *request)
{
    return get(request, "companies", sync_read_companies, write_company);
}

enum problem handle_sync_get_contacts(struct request *request)
{
    return get(request, "contacts", sync_read_contacts, write_contact);
}

enum problem handle_sync_get_tickets(struct request *request)
{
    return get(request, "tickets", sync_read_tickets, write_ticket);
}

enum problem handle_sync_get_messages(struct request *request)
{
    return get(request, "messages", sync_read_messages, write_message);
}
