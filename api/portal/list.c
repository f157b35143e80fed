#include "list.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "cursor.h"
#include "handlers.h"
#include "query.h"
#include "view.h"

#define LIMIT_MAX 100 /* the store's */

static void write_list(struct request *request, const struct ticket *tickets, size_t count, const char *next,
                       list_item *write)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_begin(out, "tickets", '[');
    for (size_t i = 0; i < count; i++) {
        write_begin(out, NULL, '{');
        write(request, &tickets[i]);
        view_found(request, &tickets[i]);
        write_end(out, '}');
    }
    write_end(out, ']');
    write_text(out, "next", next);
    write_end(out, '}');
}

/* One more than a page is asked for, where the store allows it, to know whether a next page has anything. */
enum problem list_answer(struct request *request, list_item *write)
{
    struct ticket_query query;
    struct ticket *tickets;
    size_t count;
    size_t page = request->portal->per_page < LIMIT_MAX ? (size_t)request->portal->per_page : LIMIT_MAX;
    enum problem problem = query_read(request, &query, NULL);
    query.limit = page < LIMIT_MAX ? (int)page + 1 : LIMIT_MAX;
    if (problem == PROBLEM_NONE)
        problem = problem_of(
            ticket_list(request->store, request->arena, &request->viewer, &query, &tickets, &count));
    if (problem != PROBLEM_NONE)
        return problem;
    bool more = count == (size_t)query.limit;
    if (count > page)
        count = page;
    const char *next = more ? cursor_write(request->arena, &query, &tickets[count - 1]) : NULL;
    if (more && !next)
        return PROBLEM_INTERNAL;
    write_list(request, tickets, count, next, write);
    return respond_json(request, 200);
}

enum problem handle_ticket_list(struct request *request)
{
    return list_answer(request, view_ticket);
}

enum problem handle_ticket_counts(struct request *request)
{
    struct ticket_query query;
    struct ticket_counts counts;
    enum problem problem = query_read(request, &query, NULL);
    if (problem == PROBLEM_NONE)
        problem =
            problem_of(ticket_count_found(request->store, request->arena, &request->viewer, &query, &counts));
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(&request->out, NULL, '{');
    write_number(&request->out, "open", counts.open);
    write_number(&request->out, "closed", counts.closed);
    write_end(&request->out, '}');
    return respond_json(request, 200);
}
