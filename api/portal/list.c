#include "../server/respond.h"
#include "../server/write.h"
#include "cursor.h"
#include "handlers.h"
#include "view.h"

#include <string.h>

#define LIMIT_MAX 100 /* the store's */

static enum problem query_read(struct request *request, struct ticket_query *query)
{
    const char *status, *view, *after;
    memset(query, 0, sizeof *query);
    enum problem problem = request_params(
        request, (const struct request_text[]){{"status", &status}, {"view", &view}, {"after", &after}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    if (!view_status(status, &query->status) || (after && !cursor_read(after, &query->after)))
        return PROBLEM_BAD_INPUT;
    return view_choose(request, view, &query->mine);
}

static void write_list(struct request *request, const struct ticket *tickets, size_t count, const char *next)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_begin(out, "tickets", '[');
    for (size_t i = 0; i < count; i++) {
        write_begin(out, NULL, '{');
        view_ticket(request, &tickets[i]);
        write_end(out, '}');
    }
    write_end(out, ']');
    write_text(out, "next", next);
    write_end(out, '}');
}

/* One more than a page is asked for, where the store allows it, to know whether a next page has anything. */
enum problem handle_ticket_list(struct request *request)
{
    struct ticket_query query;
    struct ticket *tickets;
    size_t count;
    size_t page = request->portal->per_page < LIMIT_MAX ? (size_t)request->portal->per_page : LIMIT_MAX;
    enum problem problem = query_read(request, &query);
    query.limit = page < LIMIT_MAX ? (int)page + 1 : LIMIT_MAX;
    if (problem == PROBLEM_NONE)
        problem = problem_of(
            ticket_list(request->store, request->arena, &request->viewer, &query, &tickets, &count));
    if (problem != PROBLEM_NONE)
        return problem;
    bool more = count == (size_t)query.limit;
    if (count > page)
        count = page;
    char next[CURSOR_TEXT_LEN + 1];
    if (more)
        cursor_write(next,
                     &(struct ticket_cursor){tickets[count - 1].last_activity_at, tickets[count - 1].number});
    write_list(request, tickets, count, more ? next : NULL);
    return respond_json(request, 200);
}

enum problem handle_ticket_counts(struct request *request)
{
    bool mine;
    const char *view;
    struct ticket_counts counts;
    enum problem problem = request_params(request, (const struct request_text[]){{"view", &view}, {0}});
    if (problem == PROBLEM_NONE)
        problem = view_choose(request, view, &mine);
    if (problem == PROBLEM_NONE)
        problem = problem_of(ticket_count(request->store, &request->viewer, mine, &counts));
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "open", counts.open);
    write_number(&request->out, "closed", counts.closed);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}
