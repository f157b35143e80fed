#include "string_layer.h"

#include "../../lib/fs.h"
#include "../../lib/locale.h"

#include <string.h>

static const char group[] = THEME_RENAMED;
static const char *const always[] = {"{ticket}", "{tickets}", "{Ticket}", "{Tickets}", NULL};

/* What of `reference` has a key that `own` has, too. */
static json_t *only_keys_of(const json_t *reference, json_t *own)
{
    json_t *kept = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(own, key, value)
    {
        json_t *known = json_object_get(reference, key);
        bool group_of_keys =
            json_is_object(known) && json_is_object(value) && !json_object_get(known, "other");
        json_t *below = group_of_keys ? only_keys_of(known, value) : json_incref(known);
        if (below && (!group_of_keys || json_object_size(below) > 0))
            json_object_set(kept, key, below);
        json_decref(below);
    }
    return kept;
}

/* What of `own` has a key that `known` has not: what a child theme says anew. */
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

static void fold(json_t **strings, const json_t *more)
{
    json_t *merged = locale_merge(*strings, more);
    json_decref(*strings);
    *strings = merged;
}

/* What shows in place of a text that is missing. */
static const char *otherwise(const struct string_reference *reference, const char *tag)
{
    const struct site *site = reference->site;
    const char *known = site->default_locale ? site->default_locale : THEME_REFERENCE;
    bool is_default = strncmp(tag, known, strcspn(known, "-")) == 0;
    return is_default ? NULL : arena_printf(site->arena, "the one for \"%s\" shows", known);
}

/* One file of the chain: `known` has its keys, `wanted` those that it must have. */
static void fold_doc(struct string_layer *layer, struct json_doc *doc,
                     const struct string_reference *reference, const json_t *known, const json_t *wanted)
{
    struct diag *diag = reference->diag;
    size_t before = diag_errors(diag);
    json_t *held = only_keys_of(reference->mirror, doc->root);
    struct locale_rules rules = {.reference = known,
                                 .wanted = wanted,
                                 .otherwise = otherwise(reference, layer->tag),
                                 .apart = group,
                                 .always = always};
    struct locale_rules names = {.reference = known,
                                 .wanted = held,
                                 .otherwise = "the text keeps its own word for tickets",
                                 .group = group,
                                 .always = always};
    locale_check_by(doc, layer->tag, &rules, diag);
    locale_check_by(doc, layer->tag, &names, diag);
    json_decref(held);
    if (diag_errors(diag) > before)
        return;
    json_t *renamed = json_incref(json_object_get(doc->root, group));
    json_object_del(doc->root, group);
    fold(&layer->strings, doc->root);
    fold(&layer->renamed, doc->root);
    fold(&layer->renamed, renamed);
    json_decref(renamed);
}

static const char *strings_name(const struct theme *theme, const char *tag)
{
    return arena_printf(theme->arena, "locales/%s.json", tag);
}

/* --- the reference -------------------------------------------------------------------------------------- */

/* Keys that a theme adds are held against themselves, the others against its parent's. */
static void add_reference(struct string_reference *reference, size_t link)
{
    const struct theme *theme = reference->theme;
    const char *path = theme_link_path(theme, link, strings_name(theme, THEME_REFERENCE));
    struct json_doc doc;
    if (!fs_is_file(path) || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, reference->diag)) {
        reference->added[link] = json_object();
        return;
    }
    fold(&reference->mirror, json_object_get(doc.root, group));
    reference->added[link] = keys_beyond(reference->layer.strings, doc.root);
    json_t *known = locale_merge(doc.root, reference->layer.strings);
    json_object_del(known, group);
    json_object_del(reference->added[link], group);
    fold_doc(&reference->layer, &doc, reference, known, reference->added[link]);
    json_decref(known);
    json_doc_release(&doc);
}

static void load_admin(struct string_layer *layer, const struct string_reference *reference);

bool string_reference_load(struct string_reference *reference)
{
    size_t before = diag_errors(reference->diag);
    reference->layer =
        (struct string_layer){.tag = THEME_REFERENCE, .strings = json_object(), .renamed = json_object()};
    reference->mirror = json_object();
    for (size_t link = reference->theme->chain_len; link-- > 0;)
        add_reference(reference, link);
    bool whole = diag_errors(reference->diag) == before;
    load_admin(&reference->layer, reference);
    return whole;
}

void string_reference_release(struct string_reference *reference)
{
    string_layer_release(&reference->layer);
    json_decref(reference->mirror);
    for (size_t i = 0; i < THEME_CHAIN_MAX; i++)
        json_decref(reference->added[i]);
}

/* --- one tag ------------------------------------------------------------------------------------------- */

static bool is_base_of(const char *language, const char *tag)
{
    size_t len = strlen(language);
    return strncmp(language, tag, len) == 0 && (tag[len] == '-' || tag[len] == '\0');
}

bool string_layer_counts(const struct site *site, const char *tag)
{
    for (size_t i = 0; i < site->locale_count; i++) {
        if (is_base_of(tag, site->locales[i]))
            return true;
    }
    return false;
}

static void load_admin(struct string_layer *layer, const struct string_reference *reference)
{
    const struct site *site = reference->site;
    const char *name = arena_printf(site->arena, "content/locales/%s.json", layer->tag);
    const char *path = site_path(site->arena, site->root, name);
    struct diag *diag = reference->diag;
    size_t before = diag_errors(diag);
    if (!string_layer_counts(site, layer->tag) || !fs_is_there(path) ||
        !json_doc_load(&layer->admin, path, THEME_STRINGS_CEILING, diag))
        return;
    struct locale_rules rules = {.reference = reference->layer.strings, .always = always};
    locale_check_by(&layer->admin, layer->tag, &rules, diag);
    if (diag_errors(diag) > before)
        json_doc_release(&layer->admin);
}

static void warn_untranslated(const struct theme *theme, size_t link, const char *tag, const char *path,
                              struct diag *diag)
{
    diag_warning(diag, settings_file_at(&theme->chain[link].manifest, "/name"),
                 "\"%s\" has strings of its own, but none for \"%s\" (%s); those for \"%s\" show",
                 theme->chain[link].name, tag, path, THEME_REFERENCE);
}

/* A theme has to say what it adds; only a region's words may be left to the bare language. */
static void fold_link(struct string_layer *layer, const struct string_reference *reference, size_t link,
                      bool part)
{
    const struct theme *theme = reference->theme;
    const char *path = theme_link_path(theme, link, strings_name(theme, layer->tag));
    const json_t *wanted = part ? NULL : reference->added[link];
    struct json_doc doc;
    if (link < theme->chain_len - 1 && json_object_size(wanted) > 0 && !fs_is_file(path))
        warn_untranslated(theme, link, layer->tag, path, reference->diag);
    if (!fs_is_file(path) || !json_doc_load(&doc, path, THEME_STRINGS_CEILING, reference->diag))
        return;
    fold_doc(layer, &doc, reference, reference->layer.strings, wanted);
    json_doc_release(&doc);
}

void string_layer_load(struct string_layer *layer, const struct string_reference *reference, const char *tag,
                       bool part)
{
    *layer = (struct string_layer){.tag = tag};
    if (theme_file(reference->theme, strings_name(reference->theme, tag)))
        for (size_t link = reference->theme->chain_len; link-- > 0;)
            fold_link(layer, reference, link, part);
    load_admin(layer, reference);
}

void string_layer_release(struct string_layer *layer)
{
    json_decref(layer->strings);
    json_decref(layer->renamed);
    json_doc_release(&layer->admin);
    *layer = (struct string_layer){0};
}
