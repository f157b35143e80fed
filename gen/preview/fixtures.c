#include "fixtures.h"

#include "../check/hint.h"
#include "fixture_check.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "fixtures"
enum { LIKE_DEPTH_MAX = 8 };

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
    bool free_fine = fixture_check_free(fixture, loading->theme->arena, diag);
    if (settings_file_check(&fixture->file, fixture_settings, diag) && free_fine) {
        put_back_bodies(fixture);
        fixture_check(fixture, loading->theme->arena, diag);
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
