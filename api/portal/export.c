/*
 * The tickets of a view as a file. It is written whole before it is sent: so all rows are as one moment had
 * them, its length is known, and a client that reads slowly keeps nobody from the store.
 */
#include "../server/spool.h"
#include "../server/turn.h"
#include "../store/audit.h"
#include "csv.h"
#include "handlers.h"
#include "query.h"

#include <string.h>

#define CSV_TYPE "text/csv; charset=utf-8; header=present"
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct export
{
    struct csv csv;
    struct spool spool;
};

static bool add_row(void *context, const struct ticket *ticket)
{
    struct export *export = context;
    csv_row(&export->csv, ticket, &export->spool.piece);
    return spool_row(&export->spool);
}

static enum problem write_all(struct export *export, const struct ticket_query *query)
{
    const struct request *request = export->csv.request;
    if (request->portal->csv_mark)
        buf_adds(&export->spool.piece, BYTE_ORDER_MARK);
    csv_head(&export->csv, &export->spool.piece);
    enum rc rc = ticket_walk(request->store, &request->viewer, query, add_row, export);
    return problem_of(rc == RC_OK ? spool_end(&export->spool) : rc);
}

static const char *name_of(const struct export *export)
{
    return portal_word(export->csv.request->portal, export->csv.locale, "file");
}

/* "tickets-2026-11-22.csv", in the customer's language; and a row in the audit log, that it was taken. */
static enum problem send(struct request *request, struct export *export)
{
    enum rc rc = audit_write(request->store, request->now, request->session.own_id, "export.tickets", 0,
                             request->session.viewing_id ? "view" : NULL);
    return rc == RC_OK ? spool_send(request, &export->spool, name_of(export), "csv", CSV_TYPE)
                       : problem_of(rc);
}

static const char *locale_of(const struct portal *portal, const char *wanted)
{
    for (size_t i = 0; wanted && i < portal->locale_count; i++)
        if (strcmp(portal->locales[i], wanted) == 0)
            return portal->locales[i];
    return wanted ? NULL : portal->default_locale;
}

static enum problem read_export(struct request *request, struct ticket_query *query, const char **locale)
{
    const char *wanted = NULL;
    enum problem problem =
        query_read(request, query, (const struct request_text[]){{"locale", &wanted}, {0}});
    *locale = locale_of(request->portal, wanted);
    return problem == PROBLEM_NONE && !*locale ? PROBLEM_BAD_INPUT : problem;
}

static enum problem make(struct request *request, struct export *export, const struct ticket_query *query)
{
    enum problem problem = problem_of(spool_begin(&export->spool, request->store));
    if (problem != PROBLEM_NONE)
        return problem;
    problem = write_all(export, query);
    if (problem == PROBLEM_NONE)
        problem = send(request, export);
    spool_release(&export->spool);
    return problem;
}

enum problem handle_ticket_export(struct request *request)
{
    struct ticket_query query;
    struct turn turn;
    struct export export = {.csv = {.request = request}};
    enum problem problem = read_export(request, &query, &export.csv.locale);
    if (problem == PROBLEM_NONE && request_is_head(request))
        return spool_head(request, name_of(&export), "csv", CSV_TYPE);
    if (problem == PROBLEM_NONE)
        problem = turn_begin(request, &turn_of_files, &turn);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = make(request, &export, &query);
    turn_end(&turn);
    return problem;
}
