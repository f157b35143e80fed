#include "attempt.h"

#include "../ops/config.h"

#include <ctype.h>
#include <string.h>

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define DAY (24 * 60 * MINUTE)

/* Longer than any address: what is cut off makes no other account. */
#define ACCOUNT_MAX 320

/* A place that has "tried" is a known one, for as long as its bucket takes to fill again. */
static const struct limit known_place = {"known", 1, 30 * DAY};

static const struct limit reset_place = {"reset-place", 20, MINUTE};
static const struct limit reset_account = {"reset-account", 5, 10 * MINUTE};
static const struct limit sign_up_place = {"sign-up-place", 20, MINUTE};
static const struct limit sign_up_pair = {"sign-up-pair", 4, 10 * MINUTE};
static const struct limit link_place = {"link-place", 20, MINUTE};
static const struct limit link_pair = {"link-pair", 5, 5 * MINUTE};
/* Of all that is mailed to an address because somebody asks for it. */
static const struct limit mailbox = {"mailbox", 20, 60 * MINUTE};
static const struct limit token_place = {"token-place", 60, SECOND};

static const struct limit code_pair = {"code-pair", 10, 2 * MINUTE};
static const struct limit code_account = {"code-account", 20, 10 * MINUTE};
static const struct limit code_known = {"code-known", 1, 30 * DAY};

struct sign_in_limits {
    struct limit place, pair, account;
};

static struct sign_in_limits sign_in_limits(const struct request *request)
{
    int64_t attempts = request->server->config->sign_in_attempts;
    return (struct sign_in_limits){
        .place = {"place", attempts * 6, 10 * SECOND},
        .pair = {"pair", attempts, MINUTE},
        .account = {"account", attempts * 10, 30 * SECOND},
    };
}

static const char *account_of(struct request *request, const char *email)
{
    email += strspn(email, " \t\r\n");
    size_t len = strnlen(email, ACCOUNT_MAX);
    while (len > 0 && strchr(" \t\r\n", email[len - 1]))
        len--;
    char *account = arena_strndup(request->arena, email, len);
    for (char *c = account; c && *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return account ? account : "";
}

static enum problem take(struct request *request, const struct limit *limit, const char *key,
                         const char *second)
{
    request->retry_ms = limits_take(request->server->limits, limit, key, second, request->now);
    return request->retry_ms == 0 ? PROBLEM_NONE : PROBLEM_TOO_MANY_ATTEMPTS;
}

static bool is_known(struct request *request, const struct attempt *attempt)
{
    return limits_wait(request->server->known, &known_place, attempt->account, attempt->place, request->now) >
           0;
}

static void give(struct request *request, const struct limit *limit, const char *key, const char *second)
{
    limits_give(request->server->limits, limit, key, second, request->now);
}

/* What is refused costs nothing elsewhere: one locked account must not use up its whole office's allowance.
 */
enum problem attempt_begin(struct request *request, const char *email, struct attempt *attempt)
{
    struct sign_in_limits limits = sign_in_limits(request);
    attempt->account = account_of(request, email);
    attempt->place = request_place(request);
    enum problem problem = take(request, &limits.pair, attempt->account, attempt->place);
    if (problem != PROBLEM_NONE)
        return problem;
    problem = take(request, &limits.place, attempt->place, "");
    if (problem == PROBLEM_NONE && !is_known(request, attempt)) {
        problem = take(request, &limits.account, attempt->account, "");
        if (problem != PROBLEM_NONE)
            give(request, &limits.place, attempt->place, "");
    }
    if (problem != PROBLEM_NONE)
        give(request, &limits.pair, attempt->account, attempt->place);
    return problem;
}

void attempt_good(struct request *request, const struct attempt *attempt)
{
    struct sign_in_limits limits = sign_in_limits(request);
    give(request, &limits.place, attempt->place, "");
    give(request, &limits.pair, attempt->account, attempt->place);
    if (!is_known(request, attempt))
        give(request, &limits.account, attempt->account, "");
    limits_take(request->server->known, &known_place, attempt->account, attempt->place, request->now);
}

/* Where the owner signed in before nobody else can have used it up. */
static bool mailbox_is_full(struct request *request, const struct attempt *attempt)
{
    return !is_known(request, attempt) && take(request, &mailbox, attempt->account, "") != PROBLEM_NONE;
}

enum problem attempt_reset(struct request *request, const char *email, bool *quiet)
{
    const struct attempt attempt = {account_of(request, email), request_place(request)};
    enum problem problem = take(request, &reset_place, attempt.place, "");
    *quiet = problem == PROBLEM_NONE && (take(request, &reset_account, attempt.account, "") != PROBLEM_NONE ||
                                         mailbox_is_full(request, &attempt));
    return problem;
}

enum problem attempt_sign_up(struct request *request, const char *email, bool *quiet)
{
    const struct attempt attempt = {account_of(request, email), request_place(request)};
    enum problem problem = take(request, &sign_up_place, attempt.place, "");
    *quiet = problem == PROBLEM_NONE &&
             (take(request, &sign_up_pair, attempt.account, attempt.place) != PROBLEM_NONE ||
              mailbox_is_full(request, &attempt));
    return problem;
}

enum problem attempt_link(struct request *request, const char *email, bool *quiet)
{
    const struct attempt attempt = {account_of(request, email), request_place(request)};
    enum problem problem = take(request, &link_place, attempt.place, "");
    *quiet = problem == PROBLEM_NONE &&
             (take(request, &link_pair, attempt.account, attempt.place) != PROBLEM_NONE ||
              mailbox_is_full(request, &attempt));
    return problem;
}

static bool is_known_for_codes(struct request *request, const struct attempt *attempt)
{
    return limits_wait(request->server->known, &code_known, attempt->account, attempt->place, request->now) >
           0;
}

enum problem attempt_code(struct request *request, const char *email, bool recovery, struct attempt *attempt)
{
    *attempt = (struct attempt){account_of(request, email), request_place(request)};
    enum problem problem = take(request, &code_pair, attempt->account, attempt->place);
    if (problem != PROBLEM_NONE || recovery || is_known_for_codes(request, attempt))
        return problem;
    problem = take(request, &code_account, attempt->account, "");
    if (problem != PROBLEM_NONE)
        give(request, &code_pair, attempt->account, attempt->place);
    return problem;
}

void attempt_code_good(struct request *request, const struct attempt *attempt)
{
    give(request, &code_pair, attempt->account, attempt->place);
    limits_take(request->server->known, &code_known, attempt->account, attempt->place, request->now);
}

enum problem attempt_token(struct request *request)
{
    return take(request, &token_place, request_place(request), "");
}
