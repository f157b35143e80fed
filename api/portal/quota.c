#include "quota.h"

#include "../ops/config.h"

#include <stdio.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)
#define MEBIBYTE (1024 * 1024)

/* A body without files is no larger; what it weighs is not counted. */
#define TEXT_ONLY (64 * 1024)

static struct limit limit_of(const struct request *request, enum quota_kind kind)
{
    const struct config *config = request->server->config;
    static const char *const names[] = {[QUOTA_TICKETS] = "tickets",
                                        [QUOTA_REPLIES] = "replies",
                                        [QUOTA_CLOSINGS] = "closings",
                                        [QUOTA_RATINGS] = "ratings",
                                        [QUOTA_SHARES] = "shares"};
    const long most[] = {[QUOTA_TICKETS] = config->tickets_per_hour,
                         [QUOTA_REPLIES] = config->replies_per_hour,
                         [QUOTA_CLOSINGS] = config->replies_per_hour,
                         [QUOTA_RATINGS] = config->replies_per_hour,
                         [QUOTA_SHARES] = config->shares_per_hour};
    return (struct limit){names[kind], most[kind], HOUR_MS / most[kind]};
}

static struct limit limit_of_files(const struct request *request)
{
    long most = request->server->config->file_mebibytes_per_day;
    return (struct limit){"files", most, DAY_MS / most};
}

static int64_t mebibytes_of(int64_t bytes)
{
    return bytes <= TEXT_ONLY ? 0 : (bytes + MEBIBYTE - 1) / MEBIBYTE;
}

static int64_t lesser(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

enum problem quota_take(struct request *request, enum quota_kind kind, struct quota *quota)
{
    struct limits *limits = request->server->limits;
    struct limit count = limit_of(request, kind), files = limit_of_files(request);
    *quota = (struct quota){.kind = kind,
                            .mebibytes = lesser(mebibytes_of(http_body_most(request->http)), files.burst)};
    if (request->viewer.staff)
        return PROBLEM_NONE;
    char person[sizeof quota->person];
    snprintf(person, sizeof person, "%lld", (long long)request->viewer.person_id);
    request->retry_ms = limits_take(limits, &count, person, "", request->now);
    if (request->retry_ms > 0)
        return PROBLEM_TOO_MANY_ATTEMPTS;
    if (quota->mebibytes > 0)
        request->retry_ms = limits_take_many(limits, &files, quota->mebibytes, person, "", request->now);
    if (request->retry_ms > 0) {
        limits_give(limits, &count, person, "", request->now);
        return PROBLEM_TOO_MANY_ATTEMPTS;
    }
    memcpy(quota->person, person, sizeof person);
    return PROBLEM_NONE;
}

void quota_settle(struct request *request, const struct quota *quota, bool made)
{
    int64_t used = made ? lesser(mebibytes_of(http_body_taken(request->http)), quota->mebibytes) : 0;
    struct limits *limits = request->server->limits;
    struct limit count = limit_of(request, quota->kind), files = limit_of_files(request);
    if (!quota->person[0])
        return;
    if (!made)
        limits_give(limits, &count, quota->person, "", request->now);
    if (quota->mebibytes > used)
        limits_give_many(limits, &files, quota->mebibytes - used, quota->person, "", request->now);
}
