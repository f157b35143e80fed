#include "admin.h"

#include "../server/write.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    void (*run)(struct admin *admin);
} verbs[] = {
    {"invite", admin_invite},
    {"people list", people_list},
    {"people add", people_add_one},
    {"outbox list", outbox_list},
    {"outbox resend", outbox_send_again},
    {"webhooks add", webhooks_add},
    {"webhooks list", webhooks_list},
    {"webhooks remove", webhooks_remove},
    {"webhooks test", webhooks_test},
    {"webhooks log", webhooks_log},
    {"webhooks resend", webhooks_resend},
    {"tokens add", tokens_add},
    {"tokens list", tokens_list},
    {"tokens revoke", tokens_revoke},
    {"quarantine list", quarantine_list},
    {"quarantine show", quarantine_show},
    {"quarantine accept", quarantine_accept},
    {"quarantine discard", quarantine_discard},
    {"people set", people_set},
    {"people disable", people_shut_out},
    {"people enable", people_let_in},
    {"people link", people_link},
    {"people two-step-off", people_two_step_off},
    {"import", import_batch},
    {"people erasures", people_erasures},
    {"people erase", people_erase},
    {"people keep", people_keep},
};

const char *admin_option(const struct admin *admin, const char *name)
{
    return json_string_value(json_object_get(admin->options, name));
}

__attribute__((format(printf, 2, 0))) static void say(json_t *list, const char *format, va_list args)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, args);
    json_t *line = json_string(text);
    if (!line) /* cut within a character */
        line = json_string("something with an unreadable name");
    json_array_append_new(list, line);
}

void admin_error(struct admin *admin, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(admin->errors, format, args);
    va_end(args);
}

void admin_cell_error(struct admin *admin, struct admin_cell cell, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(admin->errors, format, args);
    va_end(args);
    size_t last = json_array_size(admin->errors) - 1;
    if (cell.row >= 0)
        json_array_set_new(admin->errors, last,
                           json_pack("{s:I, s:s, s:O}", "row", (json_int_t)cell.row, "key", cell.key,
                                     "message", json_array_get(admin->errors, last)));
}

void admin_done(struct admin *admin, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(admin->done, format, args);
    va_end(args);
}

void admin_failed(struct admin *admin, const char *address, enum rc rc)
{
    static const char *const meanings[] = {
        [RC_NOT_FOUND] = "nobody has this address; guichet-api people list shows who is there",
        [RC_CONFLICT] = "somebody has this address already; guichet-api people set changes them",
        [RC_FULL] = "the disk is full",
    };
    bool known = (size_t)rc < sizeof meanings / sizeof meanings[0] && meanings[rc];
    admin_error(admin, "%s: %s", address,
                known ? meanings[rc] : "the store cannot be read or written; its log says why");
}

const char *admin_hint(struct admin *admin, const char *word, const char *const *candidates)
{
    const char *near = diag_nearest(word, candidates);
    const char *hint = near ? arena_printf(admin->arena, "; did you mean \"%s\"?", near) : "";
    return hint ? hint : "";
}

const char **admin_split(struct admin *admin, const char *text, size_t *count)
{
    size_t most = 2;
    for (const char *at = text; *at; at++)
        most += *at == ',' || *at == ' ';
    const char **parts = arena_alloc(admin->arena, most * sizeof *parts);
    *count = 0;
    for (text += strspn(text, ", "); parts && *text; text += strspn(text, ", ")) {
        size_t len = strcspn(text, ", ");
        parts[*count] = arena_strndup(admin->arena, text, len);
        if (!parts[(*count)++])
            return NULL;
        text += len;
    }
    return parts;
}

static const char **group_ids(struct admin *admin)
{
    const struct portal *portal = admin->portal;
    const char **ids = arena_alloc(admin->arena, (portal->group_count + 1) * sizeof *ids);
    for (size_t i = 0; ids && i < portal->group_count; i++)
        ids[i] = portal->groups[i].id;
    return ids;
}

bool admin_groups_in(struct admin *admin, const char *where, struct admin_cell cell, const char *text,
                     const char *const **groups, size_t *count)
{
    *count = 0;
    if (!text || !*text)
        return true;
    const char **ids = group_ids(admin), **parts = admin_split(admin, text, count);
    *groups = parts;
    bool good = ids && parts;
    for (size_t i = 0; ids && parts && i < *count; i++) {
        if (portal_group(admin->portal, parts[i]))
            continue;
        if (admin->portal->group_count == 0)
            admin_cell_error(
                admin, cell,
                "%s: the portal has no access groups (\"access.groups\"), so everybody who is known "
                "comes in",
                where);
        else
            admin_cell_error(admin, cell, "%s: no group \"%s\"%s", where, parts[i],
                             admin_hint(admin, parts[i], ids));
        good = false;
    }
    return good;
}

bool admin_groups(struct admin *admin, const char *option, const char *const **groups, size_t *count)
{
    return admin_groups_in(admin, option, (struct admin_cell){.row = -1}, admin_option(admin, option), groups,
                           count);
}

int64_t admin_number(const char *text)
{
    size_t len = text ? strspn(text, "0123456789") : 0;
    return len > 0 && len <= 15 && text[len] == '\0' ? strtoll(text, NULL, 10) : 0;
}

json_t *admin_moment(int64_t at)
{
    struct buf text;
    buf_init(&text, 64);
    if (at)
        write_moment(&text, at);
    json_t *value = at && buf_ok(&text) ? json_stringn(text.data, text.len) : json_null();
    buf_release(&text);
    return value;
}

static json_t *groups_of(const struct person *person)
{
    json_t *list = json_array();
    const char *at = person->groups ? person->groups : "";
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " "), last = json_array_size(list);
        const char *before = last ? json_string_value(json_array_get(list, last - 1)) : NULL;
        if (!before || strlen(before) != len || memcmp(before, at, len) != 0) /* said by two */
            json_array_append_new(list, json_stringn(at, len));
        at += len;
    }
    return list;
}

bool admin_tell(void *context, const struct known *known)
{
    static const char *const roles[] = {"contact", "agent", "admin"};
    struct admin *admin = context;
    const struct person *person = &known->person;
    json_t *one =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:b, s:o, s:b, s:b}", "email", person->email, "first_name",
                  person->first_name, "last_name", person->last_name, "role", roles[person->role], "locale",
                  person->locale, "company", person->company_name, "manager", (int)person->manager, "groups",
                  groups_of(person), "disabled", (int)known->disabled, "password", (int)known->has_password);
    return one && json_array_append_new(admin->people, one) == 0;
}

static void run(struct admin *admin, const json_t *request)
{
    const char *name = json_string_value(json_object_get(request, "verb"));
    for (size_t i = 0; name && i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            verbs[i].run(admin);
            return;
        }
    }
    admin_error(admin,
                "the program that holds the data folder does not know this verb; is it of this version?");
}

json_t *admin_answer(struct store *store, const struct portal *portal, const char *origin,
                     const json_t *request)
{
    struct admin admin = {
        .store = store,
        .portal = portal,
        .origin = origin,
        .now = store_now(),
        .arena = arena_new(0),
        .options = json_object_get(request, "options"),
        .addresses = json_object_get(request, "addresses"),
        .rows = json_object_get(request, "rows"),
        .errors = json_array(),
        .done = json_array(),
        .people = json_array(),
        .mails = json_array(),
        .webhooks = json_array(),
        .deliveries = json_array(),
        .tokens = json_array(),
        .skipped = json_array(),
    };
    if (admin.arena && admin.errors && admin.done && admin.people && admin.mails && admin.webhooks &&
        admin.deliveries && admin.tokens && admin.skipped)
        run(&admin, request);
    arena_free(admin.arena);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "errors", admin.errors, "done", admin.done,
                     "people", admin.people, "mails", admin.mails, "webhooks", admin.webhooks, "deliveries",
                     admin.deliveries, "tokens", admin.tokens, "skipped", admin.skipped);
}
