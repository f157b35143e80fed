/*
 * A theme's strings in every language of the portal, each complete: the reference, the language, the
 * language with its region or script, and the admin's own (content/locales/<tag>.json), the later winning.
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

/* Fold the strings of one file over `strings`, when the file is there. `partial`: it need not be complete. */
static json_t *fold_file(json_t *strings, const char *path, const char *tag, const json_t *reference,
                         bool partial, struct diag *diag)
{
    struct json_doc doc;
    if (!fs_is_file(path) || !json_doc_load(&doc, path, STRINGS_CEILING, diag))
        return strings;
    size_t before = diag_errors(diag);
    json_t *held = partial ? only_keys_of(reference, doc.root) : NULL;
    locale_check(&doc, tag, partial ? held : reference ? reference : doc.root, diag);
    json_decref(held);
    if (diag_errors(diag) == before) {
        json_t *merged = locale_merge(strings, doc.root);
        json_decref(strings);
        strings = merged;
    }
    json_doc_release(&doc);
    return strings;
}

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

/* A file of a language that several others build upon is checked with each; printing shows a finding once. */
static json_t *strings_for(const struct theme *theme, const struct site *site, size_t at,
                           const json_t *reference, struct diag *diag)
{
    const char *tag = site->locales[at];
    const char *language = language_of(theme->arena, tag);
    json_t *strings = json_deep_copy(reference);
    bool own = fs_is_file(strings_path(theme, tag));
    bool base = language && fs_is_file(strings_path(theme, language));
    if (!own && !base)
        diag_error(diag, settings_file_at(&site->portal, "/locales/%zu", at),
                   "\"locales\": theme \"%s\" has no strings for \"%s\" (%s)", theme->name, tag,
                   strings_path(theme, tag));
    if (base && strcmp(language, THEME_REFERENCE) != 0)
        strings = fold_file(strings, strings_path(theme, language), language, reference, false, diag);
    if (own && strcmp(tag, THEME_REFERENCE) != 0)
        strings = fold_file(strings, strings_path(theme, tag), tag, reference, base, diag);
    const char *admin =
        site_path(site->arena, site->root, arena_printf(site->arena, "content/locales/%s.json", tag));
    return fold_file(strings, admin, tag, reference, true, diag);
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
    const char *path = strings_path(theme, THEME_REFERENCE);
    if (!fs_is_file(path)) {
        diag_error(diag, (struct place){.file = path}, "not found; every theme needs the language \"%s\"",
                   THEME_REFERENCE);
        return false;
    }
    json_t *reference = fold_file(json_object(), path, THEME_REFERENCE, NULL, false, diag);
    if (diag_errors(diag) == before) {
        theme->strings = arena_alloc(theme->arena, (site->locale_count + 1) * sizeof *theme->strings);
        theme->string_count = site->locale_count;
        for (size_t i = 0; i < site->locale_count; i++)
            theme->strings[i] = strings_for(theme, site, i, reference, diag);
        check_admin_files(site, diag);
    }
    json_decref(reference);
    return diag_errors(diag) == before;
}
