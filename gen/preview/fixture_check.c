#include "fixture_check.h"

#include "../check/hint.h"
#include "../check/mail_markup.h"
#include "../site/site.h"

#include <string.h>

static void check_pages(const struct fixture *fixture, struct arena *arena, struct diag *diag)
{
    const char *names[64] = {NULL};
    size_t count = 0;
    for (const char *const *page = theme_pages; *page && count < 63; page++)
        names[count++] = *page + strlen("pages/");
    const char *id;
    json_t *page;
    json_object_foreach(json_object_get(fixture->file.value, "pages"), id, page)
    {
        const char *const *name = names;
        while (*name && strcmp(*name, id) != 0)
            name++;
        if (*name)
            continue;
        struct place place =
            json_doc_place(&fixture->file.doc, arena_printf(arena, "/pages/%s", id), JSON_AT_KEY);
        diag_error(diag, place, "\"pages\": there is no page \"%s\"%s", id, hint_near(arena, id, names));
    }
}

static bool is_request(const char *text)
{
    static const char *const methods[] = {"GET /", "POST /", "PUT /", "DELETE /", "PATCH /", NULL};
    for (const char *const *method = methods; *method; method++) {
        if (strncmp(text, *method, strlen(*method)) == 0)
            return strchr(text + strlen(*method), ' ') == NULL;
    }
    return false;
}

static void check_answers(const struct fixture *fixture, struct diag *diag)
{
    size_t i;
    json_t *answer;
    json_array_foreach(json_object_get(fixture->file.value, "answers"), i, answer)
    {
        const char *request = json_string_value(json_object_get(answer, "request"));
        const char *after = json_string_value(json_object_get(answer, "after"));
        if (after && (!is_request(after) || strchr(after, '|')))
            diag_error(diag, settings_file_at(&fixture->file, "/answers/%zu/after", i),
                       "\"after\": want a method and a path, as in \"POST /tickets\", got \"%s\"", after);
        if (!is_request(request))
            diag_error(diag, settings_file_at(&fixture->file, "/answers/%zu/request", i),
                       "\"request\": want a method and a path, as in \"GET /tickets/{number}\", got \"%s\"",
                       request);
    }
}

/* What a mail is filled with, under the names that the API fills. */
static void check_mails(const struct fixture *fixture, struct arena *arena, struct diag *diag)
{
    const char *name;
    json_t *value;
    json_object_foreach(fixture->mails, name, value)
    {
        const char *pointer = arena_printf(arena, "/mails/%s", name);
        const char *const *known = mail_placeholders;
        while (*known && strcmp(*known, name) != 0)
            known++;
        if (!*known)
            diag_error(diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_KEY),
                       "\"mails\": nothing fills {%s} in a mail%s", name,
                       hint_near(arena, name, mail_placeholders));
        else if (!json_is_string(value))
            diag_error(diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_VALUE),
                       "\"mails.%s\": want a text", name);
    }
}

/* What is said of each is held against the portal's table when it is built. */
static void check_settings(const struct fixture *fixture, struct arena *arena, struct diag *diag)
{
    const char *key;
    json_t *value, *known = json_object();
    for (const struct setting *row = portal_settings; row->key; row++)
        json_object_set_new(known, row->key, json_true());
    json_object_foreach(fixture->settings, key, value)
    {
        if (!json_object_get(known, key))
            diag_error(
                diag,
                json_doc_place(&fixture->file.doc, arena_printf(arena, "/settings/%s", key), JSON_AT_KEY),
                "\"settings\": content/portal.json has no \"%s\"%s", key, hint_near_key(arena, key, known));
    }
    json_decref(known);
}

bool fixture_check_free(const struct fixture *fixture, struct arena *arena, struct diag *diag)
{
    size_t before = diag_errors(diag);
    const struct {
        const char *key;
        const json_t *value;
    } parts[] = {{"device", fixture->device}, {"mails", fixture->mails}, {"settings", fixture->settings}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *pointer = arena_printf(arena, "/%s", parts[i].key);
        if (parts[i].value && !json_is_object(parts[i].value))
            diag_error(diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_VALUE),
                       "\"%s\": want an object", parts[i].key);
    }
    check_settings(fixture, arena, diag);
    check_mails(fixture, arena, diag);
    return diag_errors(diag) == before;
}

/* One thing at a time, and a text only to fill something with. */
static void check_steps(const struct fixture *fixture, struct diag *diag)
{
    const char *id;
    json_t *page, *step;
    size_t i;
    json_object_foreach(json_object_get(fixture->file.value, "pages"), id, page)
    {
        json_array_foreach(json_object_get(page, "steps"), i, step)
        {
            int deeds = !!json_object_get(step, "wait") + !!json_object_get(step, "press") +
                        !!json_object_get(step, "fill");
            if (deeds == 1 && !json_object_get(step, "fill") == !json_object_get(step, "with"))
                continue;
            diag_error(diag, settings_file_at(&fixture->file, "/pages/%s/steps/%zu", id, i),
                       "a step is one of \"wait\", \"press\", and \"fill\" together with \"with\"");
        }
    }
}

void fixture_check(const struct fixture *fixture, struct arena *arena, struct diag *diag)
{
    check_pages(fixture, arena, diag);
    check_steps(fixture, diag);
    check_answers(fixture, diag);
}
