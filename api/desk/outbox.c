/* Mail that goes out, for the team: what waits and why, what was given up, and sending that after all. */
#include "../store/outbox.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 50, DIGITS_MAX = 15 };

/* How many, and what keeps all that waits. */
enum problem handle_desk_mail(struct request *request)
{
    struct outbox_counts counts;
    struct buf *out = &request->out;
    const char *why;
    enum rc rc = outbox_count(request->store, &counts);
    if (rc != RC_OK)
        return problem_of(rc);
    int64_t since = outbox_held(request->store, request->arena, &why);
    write_begin(out, NULL, '{');
    write_number(out, "waiting", counts.waiting);
    write_number(out, "failed", counts.failed);
    write_number(out, "held_back", counts.held_back);
    write_time(out, "down_since", since);
    write_text(out, "down_why", why);
    write_end(out, '}');
    return respond_json(request, 200);
}

/* --- the list --------------------------------------------------------------------------------------------
 */

struct page {
    struct buf *out;
    size_t count;
    int64_t last;
    bool more;
};

static void write_row(struct buf *out, const struct outbox_entry *entry)
{
    write_begin(out, NULL, '{');
    write_number(out, "id", entry->id);
    write_text(out, "kind", entry->kind);
    write_text(out, "to", entry->address);
    write_text(out, "inbox", entry->inbox);
    if (entry->number)
        write_number(out, "ticket", entry->number);
    else
        write_json(out, "ticket", "null");
    write_time(out, "created_at", entry->created_at);
    write_time(out, "due_at", entry->due_at);
    write_number(out, "attempts", entry->attempts);
    write_text(out, "waits", outbox_waits_word(entry->waits));
    write_text(out, "why", entry->why);
    write_time(out, "failed_at", entry->failed_at);
    write_end(out, '}');
}

/* One more than a page is asked for, to know whether there is a next one. */
static bool add_row(void *context, const struct outbox_entry *entry)
{
    struct page *page = context;
    page->more = page->count == PAGE;
    if (page->more)
        return false;
    write_row(page->out, entry);
    page->count++;
    page->last = entry->id;
    return true;
}

static enum problem read_wanted(struct request *request, struct outbox_wanted *wanted)
{
    const char *state = NULL, *after = NULL;
    enum problem problem =
        request_params(request, (const struct request_text[]){{"state", &state}, {"after", &after}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    *wanted = (struct outbox_wanted){
        .waiting = !state || strcmp(state, "waiting") == 0, .limit = PAGE + 1, .now = request->now};
    wanted->failed = state && strcmp(state, "failed") == 0;
    size_t len = after ? strlen(after) : 0;
    if (!wanted->waiting && !wanted->failed)
        request_error(request, "state", "option");
    else if (len > DIGITS_MAX || (after && strspn(after, "0123456789") != len))
        request_error(request, "after", "option");
    else
        wanted->after = after ? strtoll(after, NULL, 10) : 0;
    return request->error_count > 0 ? PROBLEM_BAD_INPUT : PROBLEM_NONE;
}

enum problem handle_desk_outbox(struct request *request)
{
    struct outbox_wanted wanted;
    struct buf *out = &request->out;
    struct page page = {.out = out};
    enum problem problem = read_wanted(request, &wanted);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(out, NULL, '{');
    write_begin(out, "rows", '[');
    enum rc rc = outbox_walk(request->store, request->arena, &wanted, add_row, &page);
    if (rc != RC_OK)
        return problem_of(rc);
    write_end(out, ']');
    if (page.more)
        write_number(out, "next", page.last);
    else
        write_json(out, "next", "null");
    write_end(out, '}');
    return respond_json(request, 200);
}

enum problem handle_desk_resend(struct request *request)
{
    enum rc rc = outbox_resend(request->store, request->number, request->session.person.id, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}
