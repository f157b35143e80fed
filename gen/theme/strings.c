/*
 * A theme's strings in every language of the portal, each complete: the reference, the portal's default
 * language, the language, the language with its region or script, the later winning; and in each of them the
 * admin's own (content/locales/<tag>.json) after the theme's.
 */
#include "string_layer.h"
#include "string_lock.h"

#include "../../lib/fs.h"
#include "../../lib/locale.h"
#include "../check/hint.h"

#include <string.h>

enum { LEVELS_MAX = 5 };

struct loading {
    struct string_reference reference;
    struct string_layer *layers; /* each tag once */
    size_t count;
};

/* "fr" of "fr-CA"; the tag itself when it is a bare language. */
static const char *language_of(struct arena *arena, const char *tag)
{
    return arena_strndup(arena, tag, strcspn(tag, "-"));
}

static bool theme_speaks(const struct theme *theme, const char *tag)
{
    return theme_file(theme, arena_printf(theme->arena, "locales/%s.json", tag)) != NULL;
}

static const struct string_layer *layer_of(struct loading *loading, const char *tag)
{
    const struct theme *theme = loading->reference.theme;
    const char *language = language_of(theme->arena, tag);
    if (strcmp(tag, THEME_REFERENCE) == 0)
        return &loading->reference.layer;
    for (size_t i = 0; i < loading->count; i++)
        if (strcmp(loading->layers[i].tag, tag) == 0)
            return &loading->layers[i];
    struct string_layer *layer = &loading->layers[loading->count++];
    string_layer_load(layer, &loading->reference, tag,
                      strcmp(language, tag) != 0 && theme_speaks(theme, language));
    return layer;
}

/* A tag that was there before moves to the end: what is nearer wins. */
static size_t add_level(const char **levels, size_t count, const char *tag)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(levels[i], tag) != 0)
            levels[kept++] = levels[i];
    levels[kept++] = tag;
    return kept;
}

static size_t levels_of(const struct site *site, const char *tag, const char **levels)
{
    size_t count = add_level(levels, 0, THEME_REFERENCE);
    if (site->default_locale) {
        count = add_level(levels, count, language_of(site->arena, site->default_locale));
        count = add_level(levels, count, site->default_locale);
    }
    count = add_level(levels, count, language_of(site->arena, tag));
    return add_level(levels, count, tag);
}

/* --- the admin's own --------------------------------------------------------------------------------- */

struct comparing {
    const struct json_doc *doc;
    struct diag *diag;
    struct buf pointer;
};

/* Words that are the theme's anyway would stay behind when the theme finds better ones. */
static void warn_same(struct comparing *comparing, const json_t *own, const json_t *strings)
{
    const char *key;
    json_t *value;
    size_t before = comparing->pointer.len;
    json_object_foreach((json_t *)own, key, value)
    {
        const json_t *there = json_object_get(strings, key);
        buf_addf(&comparing->pointer, "/%s", key);
        if (there && json_equal(value, there))
            diag_warning(comparing->diag,
                         json_doc_place(comparing->doc, comparing->pointer.data, JSON_AT_KEY),
                         "\"%s\" is what the theme says anyway; it can go", key);
        else if (json_is_object(there))
            warn_same(comparing, value, there);
        buf_cut(&comparing->pointer, before);
    }
}

static void compare_admin(const struct string_layer *layer, const json_t *strings, struct diag *diag)
{
    struct comparing comparing = {.doc = &layer->admin, .diag = diag};
    buf_init(&comparing.pointer, 16 * 1024);
    warn_same(&comparing, layer->admin.root, strings);
    buf_release(&comparing.pointer);
}

/* The admin's own strings are asked for by the portal's languages: any other file would be passed over. */
static void check_admin_files(const struct site *site, struct diag *diag)
{
    const char *dir = site_path(site->arena, site->root, "content/locales");
    struct fs_entry *entries = NULL;
    size_t count = 0;
    if (fs_is_file(dir))
        diag_error(diag, (struct place){.file = dir}, "a file stands here; want a folder");
    if (!fs_is_dir(dir) || fs_walk(dir, site->arena, &entries, &count) != 0)
        return;
    const char **files = arena_alloc(site->arena, (site->locale_count + 1) * sizeof *files);
    for (size_t i = 0; i < site->locale_count; i++)
        files[i] = arena_printf(site->arena, "%s.json", site->locales[i]);
    for (size_t i = 0; i < count; i++) {
        size_t len = strcspn(entries[i].path, ".");
        const char *tag = arena_strndup(site->arena, entries[i].path, len);
        if (strncmp(entries[i].path + len, ".json/", 6) == 0) /* said where the file was looked for */
            continue;
        if (strcmp(entries[i].path + len, ".json") != 0 || !string_layer_counts(site, tag))
            diag_warning(diag, (struct place){.file = fs_join(site->arena, dir, entries[i].path)},
                         "is not called after a language of this portal; it is left out%s",
                         hint_near(site->arena, entries[i].path, files));
    }
}

/* --- all of it ---------------------------------------------------------------------------------------- */

static json_t *fold(json_t *strings, const json_t *more)
{
    json_t *merged = locale_merge(strings, more);
    json_decref(strings);
    return merged;
}

static json_t *strings_for(struct loading *loading, const char *tag)
{
    const struct site *site = loading->reference.site;
    const char *levels[LEVELS_MAX];
    size_t count = levels_of(site, tag, levels);
    json_t *strings = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct string_layer *layer = layer_of(loading, levels[i]);
        bool own = strcmp(language_of(site->arena, levels[i]), language_of(site->arena, tag)) == 0;
        bool renamed = own && site_ticket_name(site, tag, "one");
        strings = fold(strings, renamed ? layer->renamed : layer->strings);
        if (own && layer->admin.root)
            compare_admin(layer, strings, loading->reference.diag);
        strings = fold(strings, layer->admin.root);
    }
    return strings;
}

static void want_language(const struct theme *theme, const struct site *site, size_t at, struct diag *diag)
{
    const char *tag = site->locales[at];
    if (!theme_speaks(theme, tag) && !theme_speaks(theme, language_of(site->arena, tag)))
        diag_error(diag, settings_file_at(&site->portal, "/locales/%zu", at),
                   "\"locales\": theme \"%s\" has no strings for \"%s\" (%s)", theme->name, tag,
                   theme_path(theme, arena_printf(theme->arena, "locales/%s.json", tag)));
}

static void load_languages(struct theme *theme, struct loading *loading)
{
    const struct site *site = loading->reference.site;
    theme->strings = arena_alloc(theme->arena, (site->locale_count + 1) * sizeof *theme->strings);
    theme->string_count = site->locale_count;
    loading->layers = arena_alloc(theme->arena, (2 * site->locale_count + 2) * sizeof *loading->layers);
    for (size_t i = 0; i < site->locale_count; i++) {
        want_language(theme, site, i, loading->reference.diag);
        theme->strings[i] = strings_for(loading, site->locales[i]);
    }
    check_admin_files(site, loading->reference.diag);
    string_lock_check(theme, site, loading->reference.layer.strings, loading->reference.diag);
}

bool theme_load_strings(struct theme *theme, const struct site *site, struct diag *diag)
{
    size_t before = diag_errors(diag);
    const char *path = theme_link_path(theme, theme->chain_len - 1, "locales/" THEME_REFERENCE ".json");
    if (!fs_is_file(path)) {
        diag_error(diag, (struct place){.file = path}, "not found; every theme needs the language \"%s\"",
                   THEME_REFERENCE);
        return false;
    }
    struct loading loading = {.reference = {.site = site, .theme = theme, .diag = diag}};
    if (string_reference_load(&loading.reference))
        load_languages(theme, &loading);
    for (size_t i = 0; i < loading.count; i++)
        string_layer_release(&loading.layers[i]);
    string_reference_release(&loading.reference);
    return diag_errors(diag) == before;
}
