/* What the settings of a theme are: the admin's values ("theme_settings" of content/portal.json) or defaults.
 */
#include "../check/texts.h"
#include "declarations.h"
#include "media.h"
#include "overlay.h"
#include "palette.h"

#include <string.h>

static bool is_of(const json_t *declared, const char *type)
{
    return strcmp(theme_type_of(declared), type) == 0;
}

/* A row for each setting, and, if `former`, for each former name that was written. */
static const struct setting *values_table(const struct theme *theme, const json_t *given, bool former)
{
    size_t most = json_object_size(theme->settings) + json_object_size(given) + 1, count = 0;
    struct setting *rows = arena_alloc(theme->arena, most * sizeof *rows);
    const char *key;
    json_t *declared;
    json_object_foreach(theme->settings, key, declared) rows[count++] =
        theme_value_row(theme->arena, key, declared, json_object_get(given, key));
    json_object_foreach(theme->settings, key, declared)
    {
        const json_t *aliases = json_object_get(declared, "aliases");
        for (size_t i = 0; former && i < json_array_size(aliases); i++) {
            const char *alias = json_string_value(json_array_get(aliases, i));
            const json_t *value = json_object_get(given, alias);
            if (value && count + 1 < most)
                rows[count++] = theme_value_row(theme->arena, alias, declared, value);
        }
    }
    return rows;
}

/* Texts in languages that the portal does not speak would never show. */
static void check_languages(const struct json_doc *doc, const struct setting *table, json_t *checked,
                            const struct site *site, struct diag *diag)
{
    const struct settings_file file = {.doc = *doc, .table = table, .draft = checked};
    if (site->locale_count > 0)
        texts_check(&file, site, diag);
}

/* Of a colour that was refused nobody can tell how it looks beside others. */
static bool knows_colors(const struct theme *theme, const json_t *given)
{
    const char *key, *scheme;
    json_t *declared, *value;
    json_object_foreach(theme->settings, key, declared)
    {
        json_t *own = is_of(declared, "color") ? json_object_get(given, key) : NULL;
        if (json_is_null(own))
            return false;
        json_object_foreach(own, scheme, value)
        {
            if (json_is_null(value))
                return false;
        }
    }
    return true;
}

/* The default holds in place of what was refused, so that all else can be looked at. */
static void drop_refused(json_t *values)
{
    const char *key;
    void *next;
    json_t *value;
    json_object_foreach_safe(values, next, key, value)
    {
        if (json_is_null(value))
            json_object_del(values, key);
        else
            drop_refused(value);
    }
}

/*
 * The admin's values stand in content/portal.json: they are checked as a document of their own that shares
 * its text, so that findings name the right place. `colors`: was none of them refused?
 */
static json_t *check_given(struct theme *theme, const struct site *site, bool *colors, struct diag *diag)
{
    struct setting table[] = {{.key = "theme_settings", .type = SETTING_GROUP}, {0}};
    table[0].fields = values_table(theme, site->theme_settings, true);
    struct json_doc doc = site->portal.doc;
    doc.root = json_object();
    if (site->theme_settings)
        json_object_set(doc.root, "theme_settings", site->theme_settings);
    json_t *checked = settings_draft(table, &doc, diag);
    check_languages(&doc, table, checked, site, diag);
    json_t *given = json_object_get(checked, "theme_settings");
    given = json_is_object(given) ? json_incref(given) : json_object();
    *colors = knows_colors(theme, given);
    drop_refused(given);
    json_decref(checked);
    json_decref(doc.root);
    return given;
}

/* What the style controls say is a document of its own. */
static json_t *check_style(struct theme *theme, const struct site *site, struct diag *diag)
{
    json_t *said = site->style.root;
    if (!said)
        return NULL;
    const struct setting *table = values_table(theme, said, false);
    json_t *checked = settings_draft(table, &site->style, diag);
    check_languages(&site->style, table, checked, site, diag);
    drop_refused(checked);
    return checked;
}

/* The path to a value as a document has it: of a whole setting or of its member; NULL: it says nothing. */
static const char *path_in(struct arena *arena, const json_t *values, const char *key, const char *member)
{
    const json_t *own = key ? json_object_get(values, key) : NULL;
    if (json_is_object(own))
        return json_object_get(own, member) ? arena_printf(arena, "/%s/%s", key, member) : NULL;
    return own ? arena_printf(arena, "/%s", key) : NULL;
}

/* "/accent/light" -> "accent.light" */
static const char *dotted(struct arena *arena, const char *before, const char *path)
{
    char *name = arena_printf(arena, "%s%s", before, *before ? path : path + 1);
    for (char *at = name; (at = strchr(at, '/'));)
        *at = '.';
    return name;
}

struct place theme_value_place(const struct theme *theme, const struct site *site, const char *key,
                               const char *member, const char **path_shown)
{
    const char *name = json_string_value(json_object_get(theme->given_as, key));
    const char *unheard = NULL;
    const char *path = path_in(theme->arena, site->style.root, key, member);
    const json_t *said = json_object_get(site->style.root, key);
    bool unsaid = json_is_null(said) || json_is_null(json_object_get(said, member));
    const char **shown = path_shown ? path_shown : &unheard;
    *shown = key;
    if (path && !unsaid) {
        *shown = dotted(theme->arena, "", path);
        return json_doc_place(&site->style, path, JSON_AT_VALUE);
    }
    path = unsaid ? NULL : path_in(theme->arena, site->theme_settings, name, member);
    if (path) {
        *shown = dotted(theme->arena, "theme_settings", path);
        return settings_file_at(&site->portal, "/theme_settings%s", path);
    }
    for (size_t i = 0; i < theme->chain_len; i++) {
        const struct settings_file *manifest = &theme->chain[i].manifest;
        const json_t *settings = json_object_get(manifest->doc.root, "settings");
        if (!json_object_get(json_object_get(settings, key), member))
            continue;
        *shown = arena_printf(theme->arena, "settings.%s.%s", key, member);
        return settings_file_at(manifest, "/settings/%s/%s", key, member);
    }
    return (struct place){0};
}

bool theme_value_is_given(const struct theme *theme, const char *key)
{
    return json_object_get(theme->given_as, key) != NULL;
}

/* The name that the admin used for a setting. NULL: none. */
static const char *name_given(const struct theme *theme, const struct site *site, const char *key,
                              const json_t *declared, const json_t *given, struct diag *diag)
{
    const char *name = json_object_get(given, key) ? key : NULL;
    const json_t *aliases = json_object_get(declared, "aliases");
    for (size_t i = 0; i < json_array_size(aliases); i++) {
        const char *alias = json_string_value(json_array_get(aliases, i));
        if (!json_object_get(given, alias))
            continue;
        diag_warning(diag, settings_file_at(&site->portal, "/theme_settings/%s", alias),
                     "\"theme_settings.%s\" is called \"%s\" now%s", alias, key,
                     name ? ", which is given, too, and holds" : "");
        name = name ? name : alias;
    }
    if (name)
        json_object_set_new(theme->given_as, key, json_string(name));
    return name;
}

/* A colour given as one value holds on light and dark ground; the scheme that is not given keeps its own. */
static json_t *color_value(const json_t *declared, const json_t *own)
{
    json_t *value = json_pack("{s:O, s:O}", "light", json_object_get(declared, "light"), "dark",
                              json_object_get(declared, "dark"));
    if (json_is_string(own))
        json_object_set_new(value, "light", json_copy((json_t *)own));
    if (json_is_string(own))
        json_object_set_new(value, "dark", json_copy((json_t *)own));
    if (json_is_object(own))
        json_object_update(value, (json_t *)own);
    return value;
}

static json_t *plain_value(const json_t *declared, json_t *own)
{
    json_t *value = own ? own : json_object_get(declared, "default");
    if (value)
        return json_incref(value);
    return is_of(declared, "text") ? json_pack("{s:s}", "*", "") : json_false();
}

static void set_value(struct theme *theme, const struct site *site, const char *key, const json_t *declared,
                      json_t *own, struct diag *diag)
{
    json_t *value = is_of(declared, "color") ? color_value(declared, own) : plain_value(declared, own);
    if ((is_of(declared, "image") || is_of(declared, "font")) && json_is_string(value)) {
        const char *text = json_string_value(value);
        json_t *media = theme_media_value(theme, site, key, declared, text, diag);
        json_decref(value);
        value = media;
    }
    json_object_set_new(theme->values, key, value);
}

/* What a style control says of a setting: texts in the form of checked ones, and null where it was written.
 */
static json_t *said_of(const struct site *site, const json_t *style, const char *key, const json_t *declared)
{
    json_t *written = json_object_get(site->style.root, key);
    return is_of(declared, "color") || json_is_null(written) ? written : json_object_get(style, key);
}

/* What the admin gave, under whatever name, and a style control over it. New reference; NULL: neither. */
static json_t *own_value(struct theme *theme, const char *key, const json_t *declared, json_t *given,
                         json_t *over)
{
    json_t *own = overlay_value(declared, given, over);
    if (!own)
        json_object_del(theme->given_as, key);
    else if (!given)
        json_object_set_new(theme->given_as, key, json_string(key));
    return own;
}

static void load_each(struct theme *theme, const struct site *site, json_t *given, const json_t *style,
                      struct diag *diag)
{
    const char *key;
    json_t *declared;
    json_object_foreach(theme->settings, key, declared)
    {
        const char *name = name_given(theme, site, key, declared, given, diag);
        json_t *own = own_value(theme, key, declared, name ? json_object_get(given, name) : NULL,
                                said_of(site, style, key, declared));
        set_value(theme, site, key, declared, own, diag);
        json_decref(own);
    }
}

void theme_load_values(struct theme *theme, const struct site *site, struct diag *diag)
{
    bool colors;
    json_t *given = check_given(theme, site, &colors, diag);
    size_t before_style = diag_errors(diag);
    json_t *style = check_style(theme, site, diag);
    bool usable = diag_errors(diag) == before_style;
    theme->given_as = json_object();
    theme->values = json_object();
    theme->extras =
        arena_alloc(theme->arena, (json_object_size(theme->settings) + 1) * sizeof *theme->extras);
    if (theme->custom)
        theme->extras[theme->extra_count++] =
            (struct theme_entry){THEME_CUSTOM_CSS, theme->custom, THEME_CUSTOM_LAYER};
    load_each(theme, site, given, style, diag);
    json_decref(given);
    json_decref(style);
    usable = usable && theme_load_colors(theme, site, colors, diag);
    if (!usable) {
        json_decref(theme->values);
        theme->values = NULL;
    }
}
