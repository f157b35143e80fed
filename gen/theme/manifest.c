/* theme.json of each theme of the chain, and what they declare together. */
#include "declarations.h"

#include "../check/hint.h"

#include <stdlib.h>
#include <string.h>

/* What templates find beside the settings in {{theme}}. */
static bool is_taken(const char *key)
{
    return strcmp(key, "css") == 0 || strcmp(key, "styles") == 0;
}

/* They become names of CSS custom properties. */
static void check_names(const struct settings_file *manifest, struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(manifest->doc.root, "settings"), key, declared)
    {
        settings_file_check_id(manifest, "/settings", key, diag);
        if (is_taken(key))
            diag_error(diag, settings_file_at(manifest, "/settings/%s", key),
                       "\"settings.%s\": templates find something else as {{theme.%s}}; want another name",
                       key, key);
    }
}

static const char *unit_of(const char *length)
{
    return length ? length + strspn(length, "0123456789.") : "";
}

static void check_limits(const struct settings_file *manifest, const char *key, const json_t *declared,
                         struct diag *diag)
{
    const json_t *least = json_object_get(declared, "min"), *most = json_object_get(declared, "max");
    const char *low = json_string_value(least), *high = json_string_value(most);
    struct place place = settings_file_at(manifest, "/settings/%s", key);
    if (json_is_number(least) && json_number_value(least) >= json_number_value(most))
        diag_error(diag, place, "\"settings.%s\": \"min\" is not below \"max\"", key);
    if (low && !high)
        diag_error(diag, place, "\"settings.%s\": \"min\" wants \"max\" beside it", key);
    else if (low && strcmp(low, "0") != 0 && strcmp(unit_of(low), unit_of(high)) != 0)
        diag_error(diag, place, "\"settings.%s\": \"min\" and \"max\" want one unit, got \"%s\" and \"%s\"",
                   key, low, high);
    else if (low && strtod(low, NULL) >= strtod(high, NULL))
        diag_error(diag, place, "\"settings.%s\": \"min\" is not below \"max\"", key);
}

/* What a child says of a setting of its parent's goes over what the parent said. */
static void merge_setting(const struct theme *theme, const struct settings_file *manifest, const char *key,
                          json_t *declared, struct diag *diag)
{
    json_t *known = json_object_get(theme->settings, key);
    const char *type = theme_type_of(declared);
    if (known && type && strcmp(type, theme_type_of(known)) != 0) {
        diag_error(diag, settings_file_at(manifest, "/settings/%s/type", key),
                   "\"settings.%s.type\": the parent's is \"%s\", and its templates build upon that; a "
                   "setting of another type wants another name",
                   key, theme_type_of(known));
        return;
    }
    json_t *merged = known ? json_copy(known) : json_object();
    json_object_update(merged, declared);
    check_limits(manifest, key, merged, diag);
    json_object_set_new(theme->settings, key, merged);
}

static void merge_settings(struct theme *theme, const struct settings_file *manifest, struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(manifest->value, "settings"), key, declared)
        merge_setting(theme, manifest, key, declared, diag);
    json_object_update_missing(theme->groups, json_object_get(manifest->value, "groups"));
}

/* A child says of its parent's settings only what changes. False: it does of one that the parent has not. */
static bool check_changed(const struct theme *theme, const struct settings_file *manifest, struct diag *diag)
{
    bool all = true;
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(manifest->doc.root, "settings"), key, declared)
    {
        if (json_object_size(theme->settings) == 0 || json_object_get(theme->settings, key) ||
            !json_is_object(declared) || json_object_get(declared, "type"))
            continue;
        const char *near = hint_near_key(theme->arena, key, theme->settings);
        diag_error(diag, settings_file_at(manifest, "/settings/%s", key),
                   "\"settings.%s\": the parent has no such setting%s", key,
                   *near ? near : ", and one of this theme's own wants a \"type\"");
        all = false;
    }
    return all;
}

static void check_name(const struct theme_link *link, struct diag *diag)
{
    const char *name = json_string_value(json_object_get(link->manifest.value, "name"));
    if (strcmp(name, link->name) != 0)
        diag_error(diag, settings_file_at(&link->manifest, "/name"),
                   "\"name\": want \"%s\", as the folder is called, got \"%s\"", link->name, name);
}

static void check_manifest(struct theme *theme, struct theme_link *link, struct diag *diag)
{
    struct settings_file *manifest = &link->manifest;
    check_names(manifest, diag);
    const struct setting *table = theme_manifest_table(theme->arena, manifest->doc.root, theme->settings);
    bool known = check_changed(theme, manifest, diag);
    if (!settings_file_check(manifest, table, diag))
        return;
    check_name(link, diag);
    if (known)
        merge_settings(theme, manifest, diag);
}

/* A default is held against its own declaration like what an admin gives. */
static void check_defaults(const struct theme *theme, const struct theme_link *link, struct diag *diag)
{
    json_t *settings = json_object_get(link->manifest.doc.root, "settings");
    struct setting *rows = arena_alloc(theme->arena, (json_object_size(settings) + 1) * sizeof *rows);
    json_t *shown = json_object();
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        json_t *value = json_object_get(declared, "default");
        if (!value)
            continue;
        struct setting *row = arena_alloc(theme->arena, 2 * sizeof *row);
        row[0] = theme_value_row(theme->arena, "default", json_object_get(theme->settings, key), value);
        rows[count++] = (struct setting){.key = key, .type = SETTING_GROUP, .fields = row};
        json_object_set_new(shown, key, json_pack("{sO}", "default", value));
    }
    const struct setting table[] = {{.key = "settings", .type = SETTING_GROUP, .fields = rows}, {0}};
    struct json_doc doc = link->manifest.doc;
    doc.root = json_pack("{so}", "settings", shown);
    json_decref(settings_check(table, &doc, diag));
    json_decref(doc.root);
}

static void check_groups(const struct theme *theme, const struct theme_link *link, struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(link->manifest.value, "settings"), key, declared)
    {
        const char *group = json_string_value(json_object_get(declared, "group"));
        if (group && !json_object_get(theme->groups, group))
            diag_error(diag, settings_file_at(&link->manifest, "/settings/%s/group", key),
                       "\"settings.%s.group\": no \"%s\" among \"groups\"%s", key, group,
                       hint_near_key(theme->arena, group, theme->groups));
    }
}

/* A former name that is the name of another setting could mean both. */
static void check_aliases(const struct theme *theme, const struct theme_link *link, struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(link->manifest.value, "settings"), key, declared)
    {
        const json_t *aliases = json_object_get(declared, "aliases");
        for (size_t i = 0; i < json_array_size(aliases); i++) {
            const char *alias = json_string_value(json_array_get(aliases, i));
            if (json_object_get(theme->settings, alias))
                diag_error(diag, settings_file_at(&link->manifest, "/settings/%s/aliases/%zu", key, i),
                           "\"settings.%s.aliases\": \"%s\" is the name of a setting", key, alias);
        }
    }
}

static void check_styles(const struct theme *theme, const struct theme_link *link, struct diag *diag)
{
    const json_t *styles = json_object_get(link->manifest.value, "styles");
    for (size_t i = 0; i < json_array_size(styles); i++) {
        const char *path = json_string_value(json_array_get(styles, i));
        if (strncmp(path, "css/", 4) != 0 || !theme_file(theme, path))
            diag_error(diag, settings_file_at(&link->manifest, "/styles/%zu", i),
                       "\"styles\": no style sheet \"%s\" in %s; want a path such as css/%s.css", path,
                       link->dir, link->name);
    }
}

bool theme_load_manifest(struct theme *theme, const struct site *site, struct diag *diag)
{
    size_t before = diag_errors(diag);
    theme->settings = json_object();
    theme->groups = json_object();
    for (size_t i = theme->chain_len; i-- > 0;)
        check_manifest(theme, &theme->chain[i], diag);
    if (diag_errors(diag) > before)
        return false;
    for (size_t i = 0; i < theme->chain_len; i++) {
        check_defaults(theme, &theme->chain[i], diag);
        check_groups(theme, &theme->chain[i], diag);
        check_aliases(theme, &theme->chain[i], diag);
        check_styles(theme, &theme->chain[i], diag);
    }
    if (diag_errors(diag) == before)
        theme_load_values(theme, site, diag);
    return diag_errors(diag) == before;
}
