/* What happened with somebody, or with the people of a company: what they did, and mail to and from them. */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/profile.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 50, DIGITS_MAX = 15 };

static const char *const sources[] = {
    [EVENT_DONE] = "done", [EVENT_MAIL_OUT] = "mail_out", [EVENT_MAIL_IN] = "mail_in"};

struct page {
    struct request *request;
    size_t count;
    struct event last;
    bool more;
};

static void write_event(struct request *request, const struct event *event)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_time(out, "at", event->at);
    write_text(out, "source", sources[event->source]);
    write_text(out, "what", event->what);
    write_text(out, "detail", event->detail);
    write_text(out, "place", event->place);
    write_bool(out, "failed", event->failed);
    write_begin(out, "person", '{');
    write_number(out, "id", event->person_id);
    write_text(out, "name", request_name(request, event->first_name, event->last_name));
    write_end(out, '}');
    if (event->number) {
        write_begin(out, "ticket", '{');
        write_number(out, "number", event->number);
        write_text(out, "subject", event->subject);
        write_end(out, '}');
    } else {
        write_json(out, "ticket", "null");
    }
    write_end(out, '}');
}

/* One more than a page is asked for, to know whether there is a next one. */
static bool add_event(void *context, const struct event *event)
{
    struct page *page = context;
    page->more = page->count == PAGE;
    if (page->more)
        return false;
    write_event(page->request, event);
    page->count++;
    page->last = *event;
    return true;
}

/* Some digits up to `end`, which is left behind. -1: there are none, or too many. */
static int64_t read_part(const char **text, char end)
{
    size_t len = strspn(*text, "0123456789");
    if (len == 0 || len > DIGITS_MAX || (*text)[len] != end)
        return -1;
    int64_t number = strtoll(*text, NULL, 10);
    *text += len + (end != '\0');
    return number;
}

/* "1790000000000-1-15": where the page before ended. */
static bool read_after(const char *text, struct event_query *wanted)
{
    int64_t at = read_part(&text, '-');
    int64_t source = at > 0 ? read_part(&text, '-') : -1;
    wanted->at = at;
    wanted->source = (enum event_source)source;
    wanted->id = source >= 0 && source <= EVENT_MAIL_IN ? read_part(&text, '\0') : -1;
    return wanted->id >= 0;
}

static enum problem answer(struct request *request, struct event_query *wanted)
{
    const char *after = NULL;
    struct buf *out = &request->out;
    struct page page = {.request = request};
    enum problem problem = request_params(request, (const struct request_text[]){{"after", &after}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    if (after && !read_after(after, wanted)) {
        request_error(request, "after", "option");
        return PROBLEM_BAD_INPUT;
    }
    wanted->limit = PAGE + 1;
    write_begin(out, NULL, '{');
    write_begin(out, "rows", '[');
    enum rc rc = event_walk(request->store, request->arena, &request->viewer, wanted, add_event, &page);
    if (rc != RC_OK)
        return problem_of(rc);
    write_end(out, ']');
    const char *next = page.more ? arena_printf(request->arena, "%lld-%d-%lld", (long long)page.last.at,
                                                (int)page.last.source, (long long)page.last.id)
                                 : NULL;
    write_text(out, "next", next);
    write_end(out, '}');
    return page.more && !next ? PROBLEM_INTERNAL : respond_json(request, 200);
}

/* Of somebody who is not there nothing happened. */
enum problem handle_desk_person_timeline(struct request *request)
{
    struct event_query wanted = {.person_id = request->number};
    return answer(request, &wanted);
}

enum problem handle_desk_company_timeline(struct request *request)
{
    struct event_query wanted = {.company_id = request->number};
    return answer(request, &wanted);
}
