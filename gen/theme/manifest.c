/* theme.json, and the admin's values for the settings that it declares. */
#include "theme_settings.h"

#include <string.h>

static json_t *default_value(const json_t *declared)
{
    if (strcmp(json_string_value(json_object_get(declared, "type")), "color") == 0)
        return json_pack("{s:O, s:O}", "light", json_object_get(declared, "light"), "dark",
                         json_object_get(declared, "dark"));
    json_t *value = json_object_get(declared, "default");
    return value ? json_incref(value) : json_pack("{s:s}", "*", "");
}

/* A colour given as one value holds on light and dark ground. */
static json_t *given_value(const json_t *declared, json_t *given)
{
    bool color = strcmp(json_string_value(json_object_get(declared, "type")), "color") == 0;
    if (color && json_is_string(given))
        return json_pack("{s:O, s:O}", "light", given, "dark", given);
    return json_incref(given);
}

static json_t *merge_values(json_t *settings, const json_t *given)
{
    json_t *values = json_object();
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        json_t *own = json_object_get(given, key);
        json_object_set_new(values, key, own ? given_value(declared, own) : default_value(declared));
    }
    return values;
}

/*
 * The admin's values stand in content/portal.json: they are checked as a document of their own that shares
 * its text, so that findings name the right place.
 */
static json_t *check_given(struct theme *theme, const struct site *site, struct diag *diag)
{
    json_t *root = json_object();
    if (site->theme_settings)
        json_object_set(root, "theme_settings", site->theme_settings);
    struct json_doc doc = site->portal.doc;
    doc.root = root;
    const struct setting *table = theme_values_table(theme->arena, theme->settings, site->theme_settings);
    json_t *checked = settings_check(table, &doc, diag);
    json_t *given = json_incref(json_object_get(checked, "theme_settings"));
    json_decref(checked);
    json_decref(root);
    return given ? given : json_object();
}

/* They become names of CSS custom properties. */
static void check_names(const struct settings_file *manifest, struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(json_object_get(manifest->doc.root, "settings"), key, declared)
        settings_file_check_id(manifest, "/settings", key, diag);
}

static bool check_manifest(const struct theme *theme, struct theme_link *link, struct diag *diag)
{
    struct settings_file *manifest = &link->manifest;
    check_names(manifest, diag);
    const struct setting *table = theme_manifest_table(theme->arena, manifest->doc.root);
    if (!settings_file_check(manifest, table, diag))
        return false;
    const char *name = json_string_value(json_object_get(manifest->value, "name"));
    if (strcmp(name, link->name) != 0)
        diag_error(diag, settings_file_at(manifest, "/name"),
                   "\"name\": want \"%s\", as the folder is called, got \"%s\"", link->name, name);
    return true;
}

bool theme_load_manifest(struct theme *theme, const struct site *site, struct diag *diag)
{
    size_t before = diag_errors(diag);
    json_t *settings = json_object();
    for (size_t i = theme->chain_len; i-- > 0;) {
        struct theme_link *link = &theme->chain[i];
        if (check_manifest(theme, link, diag))
            json_object_update(settings, json_object_get(link->manifest.value, "settings"));
    }
    if (diag_errors(diag) > before) {
        json_decref(settings);
        return false;
    }
    theme->settings = settings;
    json_t *given = check_given(theme, site, diag);
    theme->values = merge_values(settings, given);
    json_decref(given);
    return diag_errors(diag) == before;
}
