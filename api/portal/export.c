/*
 * The tickets of a view as a file. It is written whole before it is sent: so all rows are as one moment had
 * them, its length is known, and a client that reads slowly keeps nobody from the store.
 */
#include "../server/respond.h"
#include "../server/write.h"
#include "../store/file.h"
#include "csv.h"
#include "handlers.h"
#include "query.h"
#include "view.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PIECE (64 * 1024)
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct export
{
    struct csv csv;
    struct buf piece; /* rows that are not written yet */
    int fd;
    int64_t size;
    int error; /* errno of the first write that failed */
};

static bool flush(struct export *export)
{
    const char *next = export->piece.data;
    size_t len = export->piece.len;
    export->size += (int64_t)len;
    while (len > 0 && !export->error) {
        ssize_t written = write(export->fd, next, len);
        if (written < 0 && errno != EINTR)
            export->error = errno;
        if (written > 0) {
            next += written;
            len -= (size_t)written;
        }
    }
    buf_reset(&export->piece);
    return !export->error;
}

static bool add_row(void *context, const struct ticket *ticket)
{
    struct export *export = context;
    csv_row(&export->csv, ticket, &export->piece);
    return export->piece.len < PIECE || flush(export);
}

static enum problem write_all(struct export *export, const struct ticket_query *query)
{
    const struct request *request = export->csv.request;
    if (request->portal->csv_mark)
        buf_adds(&export->piece, BYTE_ORDER_MARK);
    csv_head(&export->csv, &export->piece);
    enum rc rc = ticket_walk(request->store, &request->viewer, query, add_row, export);
    if (rc == RC_OK && (!buf_ok(&export->piece) || !flush(export)))
        rc = export->error == ENOSPC || export->error == EDQUOT ? RC_FULL : RC_INTERNAL;
    return problem_of(rc);
}

/* "tickets-2026-11-22.csv", in the customer's language. */
static enum problem send(struct request *request, const struct export *export)
{
    struct buf day;
    buf_init(&day, 64);
    write_moment(&day, request->now);
    const char *name = arena_printf(request->arena, "%s-%.10s.csv",
                                    portal_word(request->portal, export->csv.locale, "file"), day.data);
    buf_release(&day);
    if (!name)
        return PROBLEM_INTERNAL;
    const struct file file = {
        .name = name, .type = "text/csv; charset=utf-8; header=present", .size = export->size};
    return respond_file(request, &file, "attachment", export->fd);
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

enum problem handle_ticket_export(struct request *request)
{
    struct ticket_query query;
    struct export export = {.csv = {.request = request}, .fd = -1};
    enum problem problem = read_export(request, &query, &export.csv.locale);
    if (problem == PROBLEM_NONE)
        problem = problem_of(file_scratch(request->store, &export.fd));
    if (problem != PROBLEM_NONE)
        return problem;
    buf_init(&export.piece, 4 * 1024 * 1024);
    problem = write_all(&export, &query);
    if (problem == PROBLEM_NONE)
        problem = send(request, &export);
    buf_release(&export.piece);
    close(export.fd);
    return problem;
}
