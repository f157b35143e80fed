#include "customer.h"

/* They need no company's view: the ticket is theirs by asking. */
static struct viewer requester_of(const struct request *request, const struct ticket *ticket)
{
    struct viewer viewer = request->viewer;
    viewer.staff = false;
    viewer.person_id = ticket->requester_id;
    viewer.company_id = 0;
    return viewer;
}

enum rc customer_read(struct request *request, int64_t number, int64_t before, bool *shows)
{
    struct ticket ticket, seen;
    struct message_page *page = arena_alloc(request->arena, sizeof *page);
    enum rc rc =
        page ? ticket_get(request->store, request->arena, &request->viewer, number, &ticket) : RC_INTERNAL;
    if (rc != RC_OK)
        return rc;
    *page = (struct message_page){0};
    request->customer = page;
    const struct viewer requester = requester_of(request, &ticket);
    rc = ticket_get(request->store, request->arena, &requester, number, &seen);
    *shows = rc == RC_OK;
    if (rc == RC_OK)
        rc = ticket_messages_before(request->store, request->arena, &requester, number, before, page);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
