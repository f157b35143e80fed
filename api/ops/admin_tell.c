#include "admin_tell.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *one, const char *key)
{
    const char *text = json_string_value(json_object_get(one, key));
    return text ? text : "";
}

static void print_person(const json_t *one)
{
    size_t i;
    json_t *group;
    const char *first = text_of(one, "first_name"), *last = text_of(one, "last_name");
    printf("%-32s %s%s%s%s%s, %s", text_of(one, "email"), first, *first && *last ? " " : "", last,
           *first || *last ? ", " : "", text_of(one, "role"), text_of(one, "locale"));
    if (*text_of(one, "company"))
        printf(", %s%s", text_of(one, "company"),
               json_is_true(json_object_get(one, "manager")) ? " (manager)" : "");
    json_array_foreach(json_object_get(one, "groups"), i, group)
        printf("%s%s", i == 0 ? ", in " : " ", json_string_value(group));
    if (json_is_true(json_object_get(one, "disabled")))
        fputs(", disabled", stdout);
    else if (!json_is_true(json_object_get(one, "password")))
        fputs(", no password yet", stdout);
    putchar('\n');
}

/* Mail that came in. What others typed is one line each, without controls. */
static void print_waiting(const json_t *one)
{
    printf("%-6lld %-12s %s, from %s: %s\n", (long long)json_integer_value(json_object_get(one, "id")),
           text_of(one, "reason"), text_of(one, "received_at"), text_of(one, "sender"),
           text_of(one, "subject"));
    if (json_object_get(one, "text"))
        printf("\n%s\n", text_of(one, "text"));
}

/* What a mail waits for that was not given up. */
static const char *wait_of(const json_t *one)
{
    static const char *const words[][2] = {
        {"turn", ", for its turn"},
        {"time", ", to be sent then"},
        {"retry", ", to be tried again"},
        {"server", ", for the mail server"},
        {"person", ", until its recipient is let in again"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i][0], text_of(one, "waits")) == 0)
            return words[i][1];
    return "";
}

static void print_mail(const json_t *one)
{
    const json_t *ticket = json_object_get(one, "ticket");
    if (json_object_get(one, "reason")) {
        print_waiting(one);
        return;
    }
    const char *to = text_of(one, "to"), *failed = text_of(one, "failed_at"), *why = text_of(one, "why");
    printf("%-6lld %-16s %s", (long long)json_integer_value(json_object_get(one, "id")), text_of(one, "kind"),
           *to ? to : "the inbox");
    if (ticket)
        printf(", ticket %lld", (long long)json_integer_value(ticket));
    printf(", %s %s", *failed ? "given up" : "due", *failed ? failed : text_of(one, "due_at"));
    printf("%s%s%s\n", wait_of(one), *why ? ": " : "", why);
}

static long long number_of(const json_t *one, const char *key)
{
    return (long long)json_integer_value(json_object_get(one, key));
}

static void print_webhook(const json_t *one)
{
    size_t i;
    json_t *event;
    printf("%-4lld %s\n     told of", number_of(one, "id"), text_of(one, "url"));
    json_array_foreach(json_object_get(one, "events"), i, event)
        printf("%s %s", i > 0 ? "," : "", json_string_value(event));
    printf("; owed %lld, given up %lld\n", number_of(one, "owed"), number_of(one, "given_up"));
}

/* What was answered is a stranger's: it has no controls (call.h). */
static void print_delivery(const json_t *one)
{
    const char *why = text_of(one, "why"), *answer = text_of(one, "answer"), *due = text_of(one, "due_at");
    long long ticket = number_of(one, "ticket"), contact = number_of(one, "contact");
    printf("%-6lld webhook %lld, %s", number_of(one, "id"), number_of(one, "webhook"), text_of(one, "event"));
    if (ticket)
        printf(", ticket %lld", ticket);
    if (contact)
        printf(", contact %lld", contact);
    printf(", %s: %s", text_of(one, "created_at"), text_of(one, "state"));
    if (*text_of(one, "tried_at"))
        printf(", attempt %lld at %s in %lld ms", number_of(one, "attempts"), text_of(one, "tried_at"),
               number_of(one, "took_ms"));
    if (number_of(one, "status"))
        printf(", %lld", number_of(one, "status"));
    printf("%s%s%s%s%s%s\n", *why ? ": " : "", why, *answer ? "; it said: " : "", answer,
           *why && *due ? "; again at " : "", *why ? due : "");
}

static void print_token(const json_t *one)
{
    size_t i;
    json_t *scope;
    static const char *const moments[][2] = {
        {"used_at", "used"}, {"expires_at", "ends"}, {"revoked_at", "revoked"}};
    printf("%-4lld %s, source %s,", number_of(one, "id"), text_of(one, "name"), text_of(one, "source"));
    json_array_foreach(json_object_get(one, "scopes"), i, scope) printf(" %s", json_string_value(scope));
    for (i = 0; i < sizeof moments / sizeof moments[0]; i++)
        if (*text_of(one, moments[i][0]))
            printf(", %s %s", moments[i][1], text_of(one, moments[i][0]));
    putchar('\n');
}

/* Errors about rows of a file get its places: the one who answered never saw the file. */
static void place_errors(const struct invite_csv *csv, const json_t *errors)
{
    size_t i;
    json_t *one;
    json_array_foreach(errors, i, one)
    {
        const char *name = "";
        const json_t *row = json_object_get(one, "row");
        if (!row || (size_t)json_integer_value(row) >= json_array_size(csv->rows))
            continue;
        struct place place =
            invite_csv_place(csv, (size_t)json_integer_value(row), text_of(one, "key"), &name);
        json_object_set_new(one, "file", json_string(place.file));
        json_object_set_new(one, "line", json_integer(place.line));
        json_object_set_new(one, "col", json_integer(place.col));
        json_object_set_new(one, "column", *name ? json_string(name) : json_null());
        json_object_del(one, "row");
        json_object_del(one, "key");
    }
}

static void print_errors(const json_t *errors, bool skipped, struct diag *diag)
{
    size_t i;
    json_t *one;
    json_array_foreach(errors, i, one)
    {
        const struct place place = {.file = json_string_value(json_object_get(one, "file")),
                                    .line = (unsigned)json_integer_value(json_object_get(one, "line")),
                                    .col = (unsigned)json_integer_value(json_object_get(one, "col"))};
        const char *column = text_of(one, "column");
        (skipped ? diag_warning : diag_error)(
            diag, place, "%s%s%s%s", *column ? "column \"" : "", column, *column ? "\": " : "",
            json_is_string(one) ? json_string_value(one) : text_of(one, "message"));
    }
}

void admin_tell_print(json_t *answer, const struct invite_csv *csv, bool json, struct diag *diag)
{
    size_t i;
    json_t *one;
    place_errors(csv, json_object_get(answer, "errors"));
    place_errors(csv, json_object_get(answer, "skipped"));
    if (json) {
        json_dumpf(answer, stdout, JSON_INDENT(1));
        putchar('\n');
        return;
    }
    json_array_foreach(json_object_get(answer, "done"), i, one) printf("%s\n", json_string_value(one));
    json_array_foreach(json_object_get(answer, "people"), i, one)
    {
        if (json_object_get(one, "role")) /* what becomes of an invitation is told above */
            print_person(one);
    }
    json_array_foreach(json_object_get(answer, "mails"), i, one) print_mail(one);
    json_array_foreach(json_object_get(answer, "webhooks"), i, one) print_webhook(one);
    json_array_foreach(json_object_get(answer, "deliveries"), i, one) print_delivery(one);
    json_array_foreach(json_object_get(answer, "tokens"), i, one) print_token(one);
    print_errors(json_object_get(answer, "skipped"), true, diag);
    print_errors(json_object_get(answer, "errors"), false, diag);
}
