#include "fixtures.h"

#include "../check/hint.h"
#include "../check/mail_markup.h"
#include "../site/site.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "fixtures"
enum { LIKE_DEPTH_MAX = 8 };

struct fixture {
    const char *id;
    struct settings_file file;
    json_t *bodies;   /* by index of the answer; owned */
    json_t *device;   /* owned; NULL: none */
    json_t *mails;    /* the same */
    json_t *settings; /* the same */
};

struct loading {
    const struct theme *theme;
    struct fixture *fixtures;
    size_t count;
    struct diag *diag;
};

/* "10-many.json" -> "many", in the arena. NULL: not a fixture's name. */
static const char *id_of(const char *path, struct arena *arena)
{
    size_t digits = strspn(path, "0123456789");
    const char *name = digits > 0 && path[digits] == '-' ? path + digits + 1 : path;
    size_t len = strlen(name);
    if (len <= 5 || strcmp(name + len - 5, ".json") != 0)
        return NULL;
    const char *id = arena_strndup(arena, name, len - 5);
    return id && settings_is_id(id) ? id : NULL;
}

/* What may be any JSON is taken out before the rest is held against the table. */
static void take_free_parts(struct fixture *fixture)
{
    json_t *root = fixture->file.doc.root;
    json_t *answers = json_object_get(root, "answers");
    size_t i;
    json_t *answer;
    fixture->bodies = json_object();
    json_array_foreach(answers, i, answer)
    {
        char key[24];
        snprintf(key, sizeof key, "%zu", i);
        if (json_object_get(answer, "body"))
            json_object_set(fixture->bodies, key, json_object_get(answer, "body"));
        json_object_del(answer, "body");
    }
    fixture->device = json_incref(json_object_get(root, "device"));
    fixture->mails = json_incref(json_object_get(root, "mails"));
    fixture->settings = json_incref(json_object_get(root, "settings"));
    json_object_del(root, "device");
    json_object_del(root, "mails");
    json_object_del(root, "settings");
}

static void put_back_bodies(struct fixture *fixture)
{
    json_t *answers = json_object_get(fixture->file.value, "answers");
    size_t i;
    json_t *answer;
    json_array_foreach(answers, i, answer)
    {
        char key[24];
        snprintf(key, sizeof key, "%zu", i);
        json_object_set(answer, "body", json_object_get(fixture->bodies, key));
    }
}

/* --- checks ----------------------------------------------------------------------------------------------
 */

static void check_pages(const struct loading *loading, const struct fixture *fixture)
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
        struct place place = json_doc_place(
            &fixture->file.doc, arena_printf(loading->theme->arena, "/pages/%s", id), JSON_AT_KEY);
        diag_error(loading->diag, place, "\"pages\": there is no page \"%s\"%s", id,
                   hint_near(loading->theme->arena, id, names));
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

static void check_answers(const struct loading *loading, const struct fixture *fixture)
{
    size_t i;
    json_t *answer;
    json_array_foreach(json_object_get(fixture->file.value, "answers"), i, answer)
    {
        const char *request = json_string_value(json_object_get(answer, "request"));
        const char *after = json_string_value(json_object_get(answer, "after"));
        if (after && (!is_request(after) || strchr(after, '|')))
            diag_error(loading->diag, settings_file_at(&fixture->file, "/answers/%zu/after", i),
                       "\"after\": want a method and a path, as in \"POST /tickets\", got \"%s\"", after);
        if (!is_request(request))
            diag_error(loading->diag, settings_file_at(&fixture->file, "/answers/%zu/request", i),
                       "\"request\": want a method and a path, as in \"GET /tickets/{number}\", got \"%s\"",
                       request);
    }
}

/* What a mail is filled with, under the names that the API fills. */
static void check_mails(const struct loading *loading, const struct fixture *fixture)
{
    const char *name;
    json_t *value;
    struct arena *arena = loading->theme->arena;
    json_object_foreach(fixture->mails, name, value)
    {
        const char *pointer = arena_printf(arena, "/mails/%s", name);
        const char *const *known = mail_placeholders;
        while (*known && strcmp(*known, name) != 0)
            known++;
        if (!*known)
            diag_error(loading->diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_KEY),
                       "\"mails\": nothing fills {%s} in a mail%s", name,
                       hint_near(arena, name, mail_placeholders));
        else if (!json_is_string(value))
            diag_error(loading->diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_VALUE),
                       "\"mails.%s\": want a text", name);
    }
}

/* What is said of each is held against the portal's table when it is built. */
static void check_settings(const struct loading *loading, const struct fixture *fixture)
{
    const char *key;
    json_t *value, *known = json_object();
    for (const struct setting *row = portal_settings; row->key; row++)
        json_object_set_new(known, row->key, json_true());
    json_object_foreach(fixture->settings, key, value)
    {
        if (!json_object_get(known, key))
            diag_error(loading->diag,
                       json_doc_place(&fixture->file.doc,
                                      arena_printf(loading->theme->arena, "/settings/%s", key), JSON_AT_KEY),
                       "\"settings\": content/portal.json has no \"%s\"%s", key,
                       hint_near_key(loading->theme->arena, key, known));
    }
    json_decref(known);
}

static bool check_free_parts(const struct loading *loading, const struct fixture *fixture)
{
    size_t before = diag_errors(loading->diag);
    const struct {
        const char *key;
        const json_t *value;
    } parts[] = {{"device", fixture->device}, {"mails", fixture->mails}, {"settings", fixture->settings}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *pointer = arena_printf(loading->theme->arena, "/%s", parts[i].key);
        if (parts[i].value && !json_is_object(parts[i].value))
            diag_error(loading->diag, json_doc_place(&fixture->file.doc, pointer, JSON_AT_VALUE),
                       "\"%s\": want an object", parts[i].key);
    }
    check_settings(loading, fixture);
    check_mails(loading, fixture);
    return diag_errors(loading->diag) == before;
}

/* One thing at a time, and a text only to fill something with. */
static void check_steps(const struct loading *loading, const struct fixture *fixture)
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
            diag_error(loading->diag, settings_file_at(&fixture->file, "/pages/%s/steps/%zu", id, i),
                       "a step is one of \"wait\", \"press\", and \"fill\" together with \"with\"");
        }
    }
}

/* --- what a state takes from another ----------------------------------------------------------------------
 */

static const struct fixture *fixture_named(const struct loading *loading, const char *id)
{
    for (size_t i = 0; i < loading->count; i++) {
        if (strcmp(loading->fixtures[i].id, id) == 0)
            return &loading->fixtures[i];
    }
    return NULL;
}

static const char *like_of(const struct fixture *fixture)
{
    return json_string_value(json_object_get(fixture->file.value, "like"));
}

static void check_like(const struct loading *loading, const struct fixture *fixture)
{
    const struct fixture *next = fixture;
    for (int depth = 0; next && like_of(next); depth++) {
        if (depth == LIKE_DEPTH_MAX) {
            diag_error(loading->diag, settings_file_at(&fixture->file, "/like"),
                       "\"like\": leads in a circle, or over more than %d states", LIKE_DEPTH_MAX);
            return;
        }
        next = fixture_named(loading, like_of(next));
    }
    if (!like_of(fixture) || fixture_named(loading, like_of(fixture)))
        return;
    const char **names = arena_alloc(loading->theme->arena, (loading->count + 1) * sizeof *names);
    for (size_t i = 0; i < loading->count; i++)
        names[i] = loading->fixtures[i].id;
    diag_error(loading->diag, settings_file_at(&fixture->file, "/like"),
               "\"like\": there is no state \"%s\"%s", like_of(fixture),
               hint_near(loading->theme->arena, like_of(fixture), names));
}

/* The state as the preview wants it. Takes nothing from `fixture` but shares its values. */
static json_t *resolve(const struct loading *loading, const struct fixture *fixture)
{
    json_t *state = json_copy(fixture->file.value);
    json_t *answers = json_array();
    json_t *device = json_object();
    json_t *mails = json_object();
    json_t *settings = json_object();
    for (const struct fixture *next = fixture; next;
         next = like_of(next) ? fixture_named(loading, like_of(next)) : NULL) {
        json_array_extend(answers, json_object_get(next->file.value, "answers"));
        json_object_update_missing(device, next->device);
        json_object_update_missing(mails, next->mails);
        json_object_update_missing(settings, next->settings);
    }
    json_object_set_new(state, "id", json_string(fixture->id));
    json_object_set_new(state, "answers", answers);
    json_object_set_new(state, "device", device);
    if (fixture->mails)
        json_object_set(state, "mails", mails);
    if (json_object_size(settings) > 0)
        json_object_set(state, "settings", settings);
    json_decref(mails);
    json_decref(settings);
    return state;
}

/* --- all of them -----------------------------------------------------------------------------------------
 */

static void load_one(struct loading *loading, const struct theme_entry *entry)
{
    struct fixture *fixture = &loading->fixtures[loading->count];
    struct diag *diag = loading->diag;
    const char *id = id_of(entry->path, loading->theme->arena);
    if (!id) {
        diag_error(diag, (struct place){.file = entry->file},
                   "want a name such as 10-many.json: its order, and the state's id");
        return;
    }
    *fixture = (struct fixture){.id = id};
    if (fixture_named(loading, id)) {
        diag_error(diag, (struct place){.file = entry->file}, "there is another fixture for the state \"%s\"",
                   id);
        return;
    }
    loading->count++;
    if (!settings_file_load(&fixture->file, entry->file, diag))
        return;
    take_free_parts(fixture);
    bool free_fine = check_free_parts(loading, fixture);
    if (settings_file_check(&fixture->file, fixture_settings, diag) && free_fine) {
        put_back_bodies(fixture);
        check_pages(loading, fixture);
        check_steps(loading, fixture);
        check_answers(loading, fixture);
    }
}

static void release(struct loading *loading)
{
    for (size_t i = 0; i < loading->count; i++) {
        settings_file_release(&loading->fixtures[i].file);
        json_decref(loading->fixtures[i].bodies);
        json_decref(loading->fixtures[i].device);
        json_decref(loading->fixtures[i].mails);
        json_decref(loading->fixtures[i].settings);
    }
}

json_t *fixtures_load(const struct theme *theme, struct diag *diag)
{
    size_t before = diag_errors(diag), count = 0;
    struct theme_entry *entries = NULL;
    if (!theme_files(theme, FOLDER, &entries, &count, diag))
        return NULL;
    struct loading loading = {.theme = theme, .diag = diag};
    loading.fixtures = arena_alloc(theme->arena, (count + 1) * sizeof *loading.fixtures);
    for (size_t i = 0; i < count; i++)
        load_one(&loading, &entries[i]);
    for (size_t i = 0; i < loading.count; i++)
        check_like(&loading, &loading.fixtures[i]);
    json_t *states = diag_errors(diag) == before ? json_array() : NULL;
    for (size_t i = 0; states && i < loading.count; i++)
        json_array_append_new(states, resolve(&loading, &loading.fixtures[i]));
    release(&loading);
    return states;
}
