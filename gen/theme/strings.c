/*
 * A theme's strings in every language of the portal, each complete: the reference, the language, the
 * language with its region or script, and the admin's own (content/locales/<tag>.json), the later winning.
 * In a chain each theme's follow those of its parent, and hold only what it says otherwise or anew.
 */
#include "theme.h"

#include "../../lib/fs.h"
#include "../../lib/locale.h"
#include "../check/hint.h"

#include <string.h>

#define STRINGS_CEILING (1024 * 1024)

/* Only the keys that `own` has, too: an admin's few words are not held to be complete. */
static json_t *only_keys_of(const json_t *reference, json_t *own)
{
    json_t *kept = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(own, key, value)
    {
        json_t *known = json_object_get(reference, key);
        if (json_is_object(known) && json_is_object(value) && !json_object_get(known, "other"))
            json_object_set_new(kept, key, only_keys_of(known, value));
        else if (known)
            json_object_set(kept, key, known);
    }
    return kept;
}

/* The keys of `own` that `known` does not have: what a child theme says anew. */
static json_t *keys_beyond(const json_t *known, json_t *own)
{
    json_t *added = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(own, key, value)
    {
        json_t *there = json_object_get(known, key);
        json_t *below = json_is_object(there) && json_is_object(value) ? keys_beyond(there, value) : NULL;
        if (!there)
            json_object_set(added, key, value);
        else if (json_object_size(below) > 0)
            json_object_set(added, key, below);
        json_decref(below);
    }
    return added;
}

/* A file that need not be complete is held against the keys that it has, and those that it must have. */
static json_t *held_against(const json_t *reference, json_t *own, const json_t *must)
{
    json_t *keys = locale_merge(own, must);
    json_t *held = only_keys_of(reference, keys);
    json_decref(keys);
    return held;
}

/*
 * Fold the strings of one file over `strings`, when the file is there. `must`: the keys that it must have;
 * NULL: all of the reference's.
 */
static json_t *fold_file(json_t *strings, const char *path, const char *tag, const json_t *reference,
                         const json_t *must, struct diag *diag)
{
    struct json_doc doc;
    if (!fs_is_file(path) || !json_doc_load(&doc, path, STRINGS_CEILING, diag))
        return strings;
    size_t before = diag_errors(diag);
    json_t *held = must ? held_against(reference, doc.root, must) : NULL;
    locale_check(&doc, tag, must ? held : reference ? reference : doc.root, diag);
    json_decref(held);
    if (diag_errors(diag) == before) {
        json_t *merged = locale_merge(strings, doc.root);
        json_decref(strings);
        strings = merged;
    }
    json_doc_release(&doc);
    return strings;
}

static const char *link_strings(const struct theme *theme, size_t link, const char *tag)
{
    return theme_link_path(theme, link, arena_printf(theme->arena, "locales/%s.json", tag));
}

/* Where the chain has strings for the tag, or where they would stand. */
static const char *strings_path(const struct theme *theme, const char *tag)
{
    return theme_path(theme, arena_printf(theme->arena, "locales/%s.json", tag));
}

/* "fr" of "fr-CA"; NULL when the tag is a bare language. */
static const char *language_of(struct arena *arena, const char *tag)
{
    const char *dash = strchr(tag, '-');
    return dash ? arena_strndup(arena, tag, (size_t)(dash - tag)) : NULL;
}

/* What all of the chain says in the reference language, and what each theme added to its parent's. */
struct reference {
    json_t *strings;
    json_t *added[THEME_CHAIN_MAX];
};

/* Keys that a theme adds are held against themselves, the others against its parent's. */
static void add_reference(struct reference *reference, const struct theme *theme, size_t link,
                          struct diag *diag)
{
    const char *path = link_strings(theme, link, THEME_REFERENCE);
    struct json_doc doc;
    if (!fs_is_file(path) || !json_doc_load(&doc, path, STRINGS_CEILING, diag)) {
        reference->added[link] = json_object();
        return;
    }
    reference->added[link] = keys_beyond(reference->strings, doc.root);
    json_t *known = locale_merge(doc.root, reference->strings);
    reference->strings =
        fold_file(reference->strings, path, THEME_REFERENCE, known, reference->added[link], diag);
    json_decref(known);
    json_doc_release(&doc);
}

static void release_reference(struct reference *reference)
{
    json_decref(reference->strings);
    for (size_t i = 0; i < THEME_CHAIN_MAX; i++)
        json_decref(reference->added[i]);
}

/* A theme has to say what it adds; only its region's words may be left to the bare language. */
static json_t *fold_link(json_t *strings, const struct theme *theme, size_t link, const char *tag, bool base,
                         const struct reference *reference, struct diag *diag)
{
    const char *path = link_strings(theme, link, tag);
    json_t *none = json_object();
    const json_t *must = base ? none : reference->added[link];
    if (link < theme->chain_len - 1 && json_object_size(must) > 0 && !fs_is_file(path))
        diag_warning(diag, settings_file_at(&theme->chain[link].manifest, "/name"),
                     "\"%s\" has strings of its own, but none for \"%s\" (%s); those for \"%s\" show",
                     theme->chain[link].name, tag, path, THEME_REFERENCE);
    strings = fold_file(strings, path, tag, reference->strings, must, diag);
    json_decref(none);
    return strings;
}

/* A file of a language that several others build upon is checked with each; printing shows a finding once. */
static json_t *strings_for(const struct theme *theme, const struct site *site, size_t at,
                           const struct reference *reference, struct diag *diag)
{
    const char *tag = site->locales[at];
    const char *language = language_of(theme->arena, tag);
    json_t *strings = json_deep_copy(reference->strings);
    bool own = fs_is_file(strings_path(theme, tag));
    bool base = language && fs_is_file(strings_path(theme, language));
    if (!own && !base)
        diag_error(diag, settings_file_at(&site->portal, "/locales/%zu", at),
                   "\"locales\": theme \"%s\" has no strings for \"%s\" (%s)", theme->name, tag,
                   strings_path(theme, tag));
    for (size_t link = theme->chain_len; link-- > 0;) {
        if (base && strcmp(language, THEME_REFERENCE) != 0)
            strings = fold_link(strings, theme, link, language, false, reference, diag);
        if (own && strcmp(tag, THEME_REFERENCE) != 0)
            strings = fold_link(strings, theme, link, tag, base, reference, diag);
    }
    const char *admin =
        site_path(site->arena, site->root, arena_printf(site->arena, "content/locales/%s.json", tag));
    json_t *none = json_object();
    strings = fold_file(strings, admin, tag, reference->strings, none, diag);
    json_decref(none);
    return strings;
}

/* The admin's own strings are asked for by the portal's languages: any other file would be passed over. */
static void check_admin_files(const struct site *site, struct diag *diag)
{
    const char *dir = site_path(site->arena, site->root, "content/locales");
    struct fs_entry *entries = NULL;
    size_t count = 0;
    if (!fs_is_dir(dir) || fs_walk(dir, site->arena, &entries, &count) != 0)
        return;
    const char **files = arena_alloc(site->arena, (site->locale_count + 1) * sizeof *files);
    for (size_t i = 0; i < site->locale_count; i++)
        files[i] = arena_printf(site->arena, "%s.json", site->locales[i]);
    for (size_t i = 0; i < count; i++) {
        size_t known = 0;
        while (files[known] && strcmp(files[known], entries[i].path) != 0)
            known++;
        if (!files[known])
            diag_warning(diag, (struct place){.file = fs_join(site->arena, dir, entries[i].path)},
                         "is not called after a language of this portal; it is left out%s",
                         hint_near(site->arena, entries[i].path, files));
    }
}

bool theme_load_strings(struct theme *theme, const struct site *site, struct diag *diag)
{
    size_t before = diag_errors(diag);
    const char *path = link_strings(theme, theme->chain_len - 1, THEME_REFERENCE);
    if (!fs_is_file(path)) {
        diag_error(diag, (struct place){.file = path}, "not found; every theme needs the language \"%s\"",
                   THEME_REFERENCE);
        return false;
    }
    struct reference reference = {.strings = json_object()};
    for (size_t link = theme->chain_len; link-- > 0;)
        add_reference(&reference, theme, link, diag);
    if (diag_errors(diag) == before) {
        theme->strings = arena_alloc(theme->arena, (site->locale_count + 1) * sizeof *theme->strings);
        theme->string_count = site->locale_count;
        for (size_t i = 0; i < site->locale_count; i++)
            theme->strings[i] = strings_for(theme, site, i, &reference, diag);
        check_admin_files(site, diag);
    }
    release_reference(&reference);
    return diag_errors(diag) == before;
}
