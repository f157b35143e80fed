/* The audit log, for staff: a page at a time, and all of it as JSON lines. */
#include "../store/audit.h"

#include "../server/respond.h"
#include "../server/spool.h"
#include "../server/turn.h"
#include "../server/write.h"
#include "audit_log.h"
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 50, ACTION_MAX = 64, DIGITS_MAX = 15 };

/* --- what is asked for -----------------------------------------------------------------------------------
 */

struct wanted {
    const char *action, *person, *from, *to, *after;
};

static enum problem refuse(struct request *request, const char *field, const char *code)
{
    request_error(request, field, code);
    return PROBLEM_BAD_INPUT;
}

/* "1790000000000-15": where the page before ended. */
static bool read_after(const char *text, struct audit_query *query)
{
    size_t first = strspn(text, "0123456789");
    const char *id = text + first + (text[first] == '-');
    size_t second = strspn(id, "0123456789");
    if (first == 0 || first > DIGITS_MAX || text[first] != '-' || second == 0 || second > DIGITS_MAX ||
        id[second] != '\0')
        return false;
    query->after_at = strtoll(text, NULL, 10);
    query->after_id = strtoll(id, NULL, 10);
    return query->after_at > 0;
}

/* Somebody whom nobody knows did nothing: *nobody, and the page is empty. */
static enum problem read_wanted(struct request *request, const struct wanted *wanted,
                                struct audit_query *query, bool *nobody)
{
    if (wanted->action && strlen(wanted->action) > ACTION_MAX)
        return refuse(request, "action", "too_long");
    query->action = wanted->action && *wanted->action ? wanted->action : NULL;
    if (wanted->from && *wanted->from && !audit_log_time(wanted->from, false, &query->from))
        return refuse(request, "from", "date");
    if (wanted->to && *wanted->to && !audit_log_time(wanted->to, true, &query->until))
        return refuse(request, "to", "date");
    if (wanted->after && !read_after(wanted->after, query))
        return refuse(request, "after", "option");
    if (!wanted->person || !*wanted->person)
        return PROBLEM_NONE;
    enum rc rc = audit_log_person(request->store, request->arena, wanted->person, &query->person_id);
    *nobody = rc == RC_NOT_FOUND;
    return *nobody ? PROBLEM_NONE : problem_of(rc);
}

/* Who may is asked first: others learn nothing of the rest. */
static enum problem read_query(struct request *request, struct audit_query *query, bool *nobody, bool pages)
{
    struct wanted wanted = {0};
    *query = (struct audit_query){0};
    *nobody = false;
    if (!request->viewer.staff)
        return PROBLEM_DENIED;
    const struct request_text params[] = {{"action", &wanted.action},
                                          {"person", &wanted.person},
                                          {"from", &wanted.from},
                                          {"to", &wanted.to},
                                          {pages ? "after" : NULL, &wanted.after},
                                          {0}};
    enum problem problem = request_params(request, params);
    return problem == PROBLEM_NONE ? read_wanted(request, &wanted, query, nobody) : problem;
}

/* --- a page ----------------------------------------------------------------------------------------------
 */

struct page {
    struct request *request;
    size_t count;
    int64_t last_at, last_id;
    bool more;
};

/* One more than a page is asked for, to know whether there is a next one. */
static bool add_to_page(void *context, const struct audit_row *row)
{
    struct page *page = context;
    page->more = page->count == PAGE;
    if (page->more)
        return false;
    audit_log_json(&page->request->out, row);
    page->count++;
    page->last_at = row->at;
    page->last_id = row->id;
    return true;
}

enum problem handle_audit(struct request *request)
{
    struct audit_query query;
    bool nobody;
    struct page page = {.request = request};
    struct buf *out = &request->out;
    enum problem problem = read_query(request, &query, &nobody, true);
    if (problem != PROBLEM_NONE)
        return problem;
    write_begin(out, NULL, '{');
    write_begin(out, "rows", '[');
    enum rc rc = nobody ? RC_OK : audit_walk(request->store, &query, PAGE + 1, add_to_page, &page);
    if (rc != RC_OK)
        return problem_of(rc);
    write_end(out, ']');
    const char *next = page.more ? arena_printf(request->arena, "%lld-%lld", (long long)page.last_at,
                                                (long long)page.last_id)
                                 : NULL;
    write_text(out, "next", next);
    write_end(out, '}');
    return page.more && !next ? PROBLEM_INTERNAL : respond_json(request, 200);
}

/* --- all of it -------------------------------------------------------------------------------------------
 */

static bool add_line(void *context, const struct audit_row *row)
{
    struct spool *spool = context;
    audit_log_line(&spool->piece, row);
    return spool_row(spool);
}

static enum problem export(struct request *request, struct spool *spool, const struct audit_query *query,
                           bool nobody) {
    enum rc rc = nobody ? RC_OK : audit_walk(request->store, query, -1, add_line, spool);
    if (rc == RC_OK) rc = spool_end(spool);
    if (rc == RC_OK)
        rc = audit_write(request->store, request->now, request->session.person.id, "export.audit", 0, NULL);
    return rc == RC_OK ? spool_send(request, spool, "audit", "jsonl", "application/jsonl") : problem_of(rc);
}

enum problem handle_audit_export(struct request *request)
{
    struct audit_query query;
    struct spool spool;
    struct turn turn;
    bool nobody;
    enum problem problem = read_query(request, &query, &nobody, false);
    if (problem == PROBLEM_NONE && request_is_head(request))
        return spool_head(request, "audit", "jsonl", "application/jsonl");
    if (problem == PROBLEM_NONE)
        problem = turn_begin(request, &turn_of_files, &turn);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = problem_of(spool_begin(&spool, request->store));
    if (problem == PROBLEM_NONE) {
        problem = export(request, &spool, &query, nobody);
        spool_release(&spool);
    }
    turn_end(&turn);
    return problem;
}
