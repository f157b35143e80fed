/* What customers want erased, for administrators to approve or decline. */
#include "../../lib/utf8.h"
#include "../account/name.h"
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/erasure.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 50, REASON_MAX = 1000, DIGITS_MAX = 15 };

static bool may_decide(const struct request *request)
{
    return request->session.person.role == ROLE_ADMIN;
}

/* --- the list --------------------------------------------------------------------------------------------
 */

struct page {
    struct request *request;
    size_t count;
    int64_t last;
    bool more;
};

static const char *approver_of(struct request *request, const struct erasure *erasure)
{
    if (!erasure->approved_at || !erasure->approver_first_name)
        return NULL;
    return request_name(request, erasure->approver_first_name, erasure->approver_last_name);
}

static void write_row(struct request *request, const struct erasure *erasure)
{
    struct buf *out = &request->out;
    write_begin(out, NULL, '{');
    write_number(out, "id", erasure->id);
    write_begin(out, "person", '{');
    write_number(out, "id", erasure->person_id);
    write_text(out, "email", erasure->email);
    write_text(out, "name", request_name(request, erasure->first_name, erasure->last_name));
    write_text(out, "company", erasure->company);
    write_end(out, '}');
    write_time(out, "asked_at", erasure->asked_at);
    write_time(out, "due_at", erasure->due_at);
    write_time(out, "approved_at", erasure->approved_at);
    write_text(out, "approved_by", approver_of(request, erasure));
    write_time(out, "begun_at", erasure->begun_at);
    write_end(out, '}');
}

/* One more than a page is asked for, to know whether there is a next one. */
static bool add_row(void *context, const struct erasure *erasure)
{
    struct page *page = context;
    page->more = page->count == PAGE;
    if (page->more)
        return false;
    write_row(page->request, erasure);
    page->count++;
    page->last = erasure->id;
    return true;
}

static enum problem read_after(struct request *request, int64_t *after)
{
    const char *text = NULL;
    *after = 0;
    enum problem problem = request_params(request, (const struct request_text[]){{"after", &text}, {0}});
    if (problem != PROBLEM_NONE || !text || !*text)
        return problem;
    size_t len = strlen(text);
    if (len > DIGITS_MAX || strspn(text, "0123456789") != len) {
        request_error(request, "after", "option");
        return PROBLEM_BAD_INPUT;
    }
    *after = strtoll(text, NULL, 10);
    return PROBLEM_NONE;
}

enum problem handle_erasures(struct request *request)
{
    int64_t after;
    struct page page = {.request = request};
    struct buf *out = &request->out;
    if (!may_decide(request))
        return PROBLEM_DENIED;
    enum problem problem = read_after(request, &after);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(out, NULL, '{');
    write_begin(out, "rows", '[');
    enum rc rc = erasure_walk(request->store, request->arena, after, PAGE + 1, add_row, &page);
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

enum problem handle_erasure(struct request *request)
{
    struct erasure_extent extent;
    struct buf *out = &request->out;
    if (!may_decide(request))
        return PROBLEM_DENIED;
    enum rc rc = erasure_measure(request->store, request->number, &extent);
    if (rc != RC_OK)
        return problem_of(rc);
    write_begin(out, NULL, '{');
    write_number(out, "tickets", extent.tickets);
    write_number(out, "messages", extent.messages);
    write_number(out, "files", extent.files);
    write_end(out, '}');
    return respond_json(request, 200);
}

/* --- deciding --------------------------------------------------------------------------------------------
 */

enum problem handle_erasure_approve(struct request *request)
{
    if (!may_decide(request))
        return PROBLEM_DENIED;
    enum rc rc = erasure_approve(request->store, request->number, request->session.person.id, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}

/* Customers are told why. */
enum problem handle_erasure_decline(struct request *request)
{
    const char *reason;
    if (!may_decide(request))
        return PROBLEM_DENIED;
    enum problem problem = request_texts(request, (const struct request_text[]){{"reason", &reason}, {0}});
    if (problem != PROBLEM_NONE)
        return problem;
    reason = name_clean(request->arena, reason);
    if (!reason)
        return PROBLEM_INTERNAL;
    if (!*reason || utf8_count(reason, strlen(reason)) > REASON_MAX) {
        request_error(request, "reason", *reason ? "too_long" : "required");
        return PROBLEM_INVALID;
    }
    enum rc rc =
        erasure_decline(request->store, request->number, request->session.person.id, reason, request->now);
    return rc == RC_OK ? respond_nothing(request, 204) : problem_of(rc);
}
