#include "style_view.h"

#include "../theme/declarations.h"
#include "../theme/fonts.h"
#include "../theme/overlay.h"

#include "../../lib/fs.h"

#include <string.h>

enum { FILES_MAX = 200 };

/* --- what a build knows -----------------------------------------------------------------------------------
 */

static json_t *languages_of(const struct site *site)
{
    json_t *list = json_array();
    for (size_t i = 0; i < site->locale_count; i++)
        json_array_append_new(list, json_string(site->locales[i]));
    return list;
}

/* By present names, where the admin may have used former ones. */
static json_t *given_of(const struct theme *theme, const struct site *site)
{
    json_t *given = json_object();
    const char *key;
    json_t *declared;
    json_object_foreach(theme->settings, key, declared)
    {
        const json_t *aliases = json_object_get(declared, "aliases");
        json_t *value = json_object_get(site->theme_settings, key);
        for (size_t i = 0; !value && i < json_array_size(aliases); i++)
            value = json_object_get(site->theme_settings, json_string_value(json_array_get(aliases, i)));
        if (value && !json_is_null(value))
            json_object_set(given, key, value);
    }
    return given;
}

json_t *style_describe(const struct build_result *result)
{
    const struct theme *theme = result->theme;
    json_t *raw = result->site->theme_settings;
    return json_pack("{s:s, s:o, s:O, s:O, s:O, s:o, s:o}", "theme", theme->name, "languages",
                     languages_of(result->site), "groups", theme->groups, "settings", theme->settings,
                     "values", theme->values, "raw", raw ? json_incref(raw) : json_object(), "given",
                     given_of(theme, result->site));
}

/* --- what the controls say --------------------------------------------------------------------------------
 */

/* A colour as it is in force: what was given, a default that is a colour, or what a mix came to. */
static json_t *shown_color(const json_t *merged, const json_t *declared, const json_t *built)
{
    static const char *const grounds[] = {"light", "dark"};
    json_t *shown = json_object();
    for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
        json_t *own = json_is_string(merged) ? (json_t *)merged : json_object_get(merged, grounds[i]);
        json_t *otherwise = json_object_get(declared, grounds[i]);
        if (!own)
            own = *json_string_value(otherwise) == '#' ? otherwise : json_object_get(built, grounds[i]);
        json_object_set(shown, grounds[i], own);
    }
    return shown;
}

/* Which grounds of a colour follow from other colours. */
static json_t *mixed_of(const json_t *merged, const json_t *declared)
{
    static const char *const grounds[] = {"light", "dark"};
    json_t *mixed = json_object();
    for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
        bool own = json_is_string(merged) || json_object_get(merged, grounds[i]);
        const char *otherwise = json_string_value(json_object_get(declared, grounds[i]));
        json_object_set_new(mixed, grounds[i], json_boolean(!own && otherwise && *otherwise != '#'));
    }
    return mixed;
}

/* A picture or font of the theme itself: the admin names files of content/, and leaves this one to it. */
static bool is_own_file(const json_t *declared, const json_t *otherwise)
{
    const char *type = theme_type_of(declared), *name = json_string_value(otherwise);
    return name && (strcmp(type, "image") == 0 || (strcmp(type, "font") == 0 && !theme_font_stack(name)));
}

static json_t *setting_view(const json_t *described, const char *key, json_t *declared, const json_t *overlay)
{
    json_t *given = json_object_get(json_object_get(described, "given"), key);
    json_t *over = json_object_get(overlay, key);
    json_t *merged = overlay_value(declared, given, over);
    bool color = strcmp(theme_type_of(declared), "color") == 0;
    json_t *otherwise = json_object_get(declared, "default");
    bool own = is_own_file(declared, otherwise);
    json_t *shown = merged ? json_incref(merged) : otherwise && !own ? json_incref(otherwise) : json_null();
    if (color) {
        json_decref(shown);
        shown = shown_color(merged, declared, json_object_get(json_object_get(described, "values"), key));
    }
    json_t *view =
        json_pack("{s:o, s:b, s:b, s:b, s:o}", "shown", shown, "changed", over != NULL, "given",
                  given != NULL, "own", own, "mixed", color ? mixed_of(merged, declared) : json_object());
    json_decref(merged);
    return view;
}

static bool ends_in(const char *path, const char *const *endings)
{
    const char *ending = strrchr(path, '.');
    for (; ending && *endings; endings++) {
        if (strcmp(ending, *endings) == 0)
            return true;
    }
    return false;
}

static void add_file(json_t *list, const char *path, const char *const *endings)
{
    if (ends_in(path, endings) && json_array_size(list) < FILES_MAX)
        json_array_append_new(list, json_string(path));
}

/* What there is to choose from: the files below content/, and the fonts that systems bring along. */
static json_t *files_view(const char *root, struct arena *arena)
{
    json_t *images = json_array(), *fonts = json_array();
    struct fs_entry *entries;
    size_t count = 0;
    for (size_t i = 0; theme_font_names[i]; i++)
        json_array_append_new(fonts, json_string(theme_font_names[i]));
    if (fs_walk(site_path(arena, root, "content"), arena, &entries, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        add_file(images, entries[i].path, theme_image_endings);
        add_file(fonts, entries[i].path, theme_font_endings);
    }
    return json_pack("{s:o, s:o}", "image", images, "font", fonts);
}

json_t *style_view(const json_t *described, const json_t *overlay, long number, const char *root,
                   struct arena *arena)
{
    json_t *declared = json_object_get(described, "settings"), *settings = json_object(), *one;
    const char *key;
    json_object_foreach(declared, key, one)
        json_object_set_new(settings, key, setting_view(described, key, one, overlay));
    return json_pack("{s:I, s:O, s:o, s:o, s:o}", "style", (json_int_t)number, "overlay", overlay,
                     "theme_settings", overlay_merge(declared, json_object_get(described, "raw"), overlay),
                     "settings", settings, "files", files_view(root, arena));
}
