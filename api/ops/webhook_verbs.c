/* guichet-api webhooks: add, list, remove, test, log, resend. */
#include "../store/hook.h"
#include "../webhook/call.h"
#include "../webhook/sign.h"
#include "admin.h"

#include <sodium.h>
#include <string.h>

enum { LOG_LINES = 50, LOG_LINES_MAX = 1000 };

/* --- which events ----------------------------------------------------------------------------------------
 */

static bool is_kind(const char *word)
{
    for (const char *const *kind = hook_kinds; *kind; kind++)
        if (strcmp(*kind, word) == 0)
            return true;
    return false;
}

/* All but internal notes: who wants those says so. */
static const char *usual_events(struct admin *admin)
{
    const char *events = " ";
    for (const char *const *kind = hook_kinds; events && *kind; kind++)
        if (strcmp(*kind, HOOK_NOTE) != 0)
            events = arena_printf(admin->arena, "%s%s ", events, *kind);
    return events;
}

/* " ticket.created note.added "; NULL: an error was added. */
static const char *read_events(struct admin *admin)
{
    size_t count = 0;
    const char *said = admin_option(admin, "--events");
    const char **words = said ? admin_split(admin, said, &count) : NULL;
    const char *events = said && count > 0 ? " " : NULL;
    if (!said)
        return usual_events(admin);
    if (count == 0)
        admin_error(admin,
                    "--events: want events, separated by commas; guichet-api webhooks add --help lists them");
    for (size_t i = 0; i < count; i++) {
        if (is_kind(words[i])) {
            events = events ? arena_printf(admin->arena, "%s%s ", events, words[i]) : NULL;
            continue;
        }
        admin_error(admin, "--events: no event \"%s\"%s", words[i], admin_hint(admin, words[i], hook_kinds));
        events = NULL;
    }
    return events;
}

/* --- the verbs -------------------------------------------------------------------------------------------
 */

static json_t *list_of(struct admin *admin, const char *events)
{
    size_t count = 0;
    const char **words = admin_split(admin, events, &count);
    json_t *list = json_array();
    for (size_t i = 0; words && i < count; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

static bool tell_hook(void *context, const struct hook *hook)
{
    struct admin *admin = context;
    json_t *one =
        json_pack("{s:I, s:s, s:o, s:o, s:I, s:I}", "id", (json_int_t)hook->id, "url", hook->url, "events",
                  list_of(admin, hook->events), "created_at", admin_moment(hook->created_at), "owed",
                  (json_int_t)hook->owed, "given_up", (json_int_t)hook->given_up);
    return one && json_array_append_new(admin->webhooks, one) == 0;
}

static void failed(struct admin *admin, const char *what, enum rc rc)
{
    if (rc == RC_NOT_FOUND)
        admin_error(admin, "\"%s\": want the number of a webhook; guichet-api webhooks list tells them",
                    what);
    else
        admin_failed(admin, what, rc);
}

/* What the server's own settings must allow, which this verb does not know. */
static const char *condition_of(const char *url)
{
    if (call_url_is_private(url))
        return "; it leads to no address of the public internet: nothing is sent there unless "
               "GUICHET_WEBHOOK_ALLOW names it";
    return strncmp(url, "http://", 7) == 0
               ? "; plain http is only for networks that GUICHET_WEBHOOK_ALLOW names"
               : "";
}

static void say_added(struct admin *admin, const struct hook *hook, const char *secret)
{
    tell_hook(admin, hook);
    json_object_set_new(json_array_get(admin->webhooks, 0), "secret", json_string(secret));
    admin_done(admin, "webhook %lld: added%s", (long long)hook->id, condition_of(hook->url));
    admin_done(admin, "what it is told is signed with this secret, which is shown only now: %s", secret);
}

void webhooks_add(struct admin *admin)
{
    char text[SIGN_SECRET_LEN];
    unsigned char secret[HOOK_SECRET_BYTES];
    const char *said = json_string_value(json_array_get(admin->addresses, 0));
    const char *url = said ? said : "";
    const char *events = read_events(admin);
    const char *wanted = call_url_fault(url);
    if (wanted)
        admin_error(admin, "\"%.100s\": want %s", url, wanted);
    if (wanted || !events)
        return;
    sign_make_secret(secret, text);
    struct hook hook = {.url = url, .events = events, .secret = secret, .created_at = admin->now};
    enum rc rc = hook_add(admin->store, &hook, admin->now, &hook.id);
    if (rc == RC_OK)
        say_added(admin, &hook, text);
    else if (rc == RC_FULL)
        admin_error(admin,
                    "there are %d webhooks, and no more can be; guichet-api webhooks remove takes one away",
                    HOOK_MAX);
    else
        failed(admin, url, rc);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(text, sizeof text);
}

void webhooks_list(struct admin *admin)
{
    enum rc rc = hook_walk(admin->store, admin->arena, tell_hook, admin);
    if (rc != RC_OK)
        failed(admin, "webhooks", rc);
}

void webhooks_remove(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one)
    {
        const char *text = json_string_value(one);
        enum rc rc = hook_remove(admin->store, admin_number(text), admin->now);
        if (rc == RC_OK)
            admin_done(admin, "webhook %s: removed, with all that it was owed", text);
        else
            failed(admin, text, rc);
    }
}

void webhooks_test(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one)
    {
        int64_t delivery = 0;
        const char *text = json_string_value(one);
        enum rc rc = hook_test(admin->store, admin_number(text), admin->now, &delivery);
        if (rc == RC_OK)
            admin_done(
                admin,
                "webhook %s: owed \"test\", number %lld; guichet-api webhooks log tells what became of it",
                text, (long long)delivery);
        else
            failed(admin, text, rc);
    }
}

/* --- the log ---------------------------------------------------------------------------------------------
 */

static const char *state_of(const struct hook_delivery *delivery)
{
    if (delivery->ended_at)
        return delivery->given_up ? "given_up" : "delivered";
    return delivery->due_at ? "owed" : "waiting";
}

static json_t *number_or_null(int64_t number)
{
    return number ? json_integer(number) : json_null();
}

static bool tell_delivery(void *context, const struct hook_delivery *delivery)
{
    struct admin *admin = context;
    json_t *one =
        json_pack("{s:I, s:I, s:s, s:s, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:s?, s:s?}", "id",
                  (json_int_t)delivery->id, "webhook", (json_int_t)delivery->hook_id, "event", delivery->kind,
                  "state", state_of(delivery), "ticket", number_or_null(delivery->ticket), "contact",
                  number_or_null(delivery->person_id), "created_at", admin_moment(delivery->created_at),
                  "attempts", delivery->attempts, "due_at", admin_moment(delivery->due_at), "tried_at",
                  admin_moment(delivery->tried_at), "took_ms",
                  delivery->tried_at ? json_integer(delivery->took_ms) : json_null(), "status",
                  number_or_null(delivery->status), "why", delivery->why, "answer", delivery->answer);
    return one && json_array_append_new(admin->deliveries, one) == 0;
}

/* A number that an option has; `fallback` when it is not given; 0: an error was added. */
static int64_t number_option(struct admin *admin, const char *name, int64_t fallback, int64_t most)
{
    const char *text = admin_option(admin, name);
    int64_t number = text ? admin_number(text) : fallback;
    if (text && (number < 1 || number > most)) {
        admin_error(admin, "%s: want a whole number from 1 to %lld, got \"%s\"", name, (long long)most, text);
        return 0;
    }
    return number;
}

void webhooks_log(struct admin *admin)
{
    const struct hook_log_query wanted = {
        .hook_id = number_option(admin, "--webhook", 0, INT64_C(1000000000)),
        .given_up = admin_option(admin, "--failed") != NULL,
        .limit = number_option(admin, "--last", LOG_LINES, LOG_LINES_MAX),
    };
    if (json_array_size(admin->errors) > 0)
        return;
    enum rc rc = hook_log(admin->store, admin->arena, &wanted, tell_delivery, admin);
    if (rc != RC_OK)
        failed(admin, "log", rc);
}

void webhooks_resend(struct admin *admin)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)admin->addresses, i, one)
    {
        const char *text = json_string_value(one);
        enum rc rc = hook_resend(admin->store, admin_number(text), admin->now);
        if (rc == RC_OK)
            admin_done(admin, "%s: will be sent", text);
        else if (rc == RC_NOT_FOUND)
            admin_error(
                admin,
                "\"%s\": want the number of a delivery that was given up; guichet-api webhooks log --failed "
                "tells them",
                text);
        else
            failed(admin, text, rc);
    }
}
