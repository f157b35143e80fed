/* All that is held about the caller, as a zip that is made while it is sent. */
#include "../../lib/log.h"
#include "../account/own.h"
#include "../server/respond.h"
#include "../server/turn.h"
#include "../store/audit.h"
#include "handlers.h"
#include "pack.h"

#define HOUR_MS INT64_C(3600000)
#define COUNTED_MS INT64_C(300000)

static const struct turn_kind turns = {"own_data", 4, 1, COUNTED_MS};
static const struct limit per_person = {"exports", 3, HOUR_MS / 3};

static bool deliver(void *context, const void *bytes, size_t len)
{
    struct request *request = context;
    return http_stream(request->http, bytes, len);
}

/* From the first byte on, what goes wrong can only be told by breaking off. */
static void stream(struct request *request)
{
    respond_stream(request, "application/zip", "guichet-data.zip");
    struct zip *zip = zip_begin(deliver, request);
    enum problem problem = zip ? pack_all(request, zip) : PROBLEM_INTERNAL;
    bool whole = zip && zip_end(zip) && problem == PROBLEM_NONE;
    if (problem != PROBLEM_NONE)
        log_event(LOG_ERROR, "export-cut-short", NULL);
    http_stream_end(request->http, whole);
}

static enum problem take_one(struct request *request)
{
    char person[24];
    snprintf(person, sizeof person, "%lld", (long long)request->session.person.id);
    request->retry_ms = limits_take(request->server->limits, &per_person, person, "", request->now);
    return request->retry_ms > 0 ? PROBLEM_TOO_MANY_ATTEMPTS : PROBLEM_NONE;
}

enum problem handle_account_export(struct request *request)
{
    const char *password;
    struct turn turn;
    struct person person;
    enum problem problem =
        request_texts(request, (const struct request_text[]){{"password", &password}, {0}});
    if (problem == PROBLEM_NONE)
        problem = own_prove(request, "password", password, &person);
    if (problem == PROBLEM_NONE)
        problem = turn_begin(request, &turns, &turn);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = take_one(request);
    if (problem == PROBLEM_NONE)
        problem = problem_of(
            audit_write(request->store, request->now, request->session.person.id, "data.export", 0, NULL));
    if (problem == PROBLEM_NONE)
        stream(request);
    turn_end(&turn);
    return problem;
}
