#include "control.h"

#include "../theme/theme.h"

#include <stdio.h>
#include <string.h>

/* The values of settings, in one of the documents that hold some. */
struct source {
    const struct json_doc *doc;
    const char *path;     /* of `values` in it: "/settings" */
    const json_t *values; /* by the name of the setting, in the order of the text */
};

enum { POINTER_MAX = 512 };

static struct place place_of(const struct source *source, const char *key, const char *member)
{
    char pointer[POINTER_MAX];
    snprintf(pointer, sizeof pointer, "%s/%s%s%s", source->path, key, member ? "/" : "",
             member ? member : "");
    return json_doc_place(source->doc, pointer, JSON_AT_VALUE);
}

static bool is_at(const struct place *place, unsigned line, unsigned col)
{
    return place->line == line && place->col == col;
}

/* The setting whose value begins last before the place: of all that begin there, only it can hold the place.
 */
static const char *key_around(const struct source *source, unsigned line, unsigned col)
{
    const char *found = NULL, *key;
    json_t *value;
    json_object_foreach((json_t *)source->values, key, value)
    {
        struct place place = place_of(source, key, NULL);
        if (place.line > line || (place.line == line && place.col > col))
            break;
        found = key;
    }
    return found;
}

/* False: the place is that of something else. */
static bool find(const struct source *source, unsigned line, unsigned col, const char **key,
                 const char **member)
{
    json_t *value;
    *key = key_around(source, line, col);
    *member = NULL;
    if (!*key)
        return false;
    struct place whole = place_of(source, *key, NULL);
    if (is_at(&whole, line, col))
        return true;
    json_object_foreach(json_object_get(source->values, *key), *member, value)
    {
        struct place part = place_of(source, *key, *member);
        if (is_at(&part, line, col))
            return true;
    }
    return false;
}

/* A setting's name, also when the admin used a former one. */
static const char *present_name(const struct theme *theme, const char *name)
{
    const char *key;
    json_t *given_as;
    json_object_foreach(theme->given_as, key, given_as)
    {
        if (strcmp(json_string_value(given_as), name) == 0)
            return key;
    }
    return json_object_get(theme->settings, name) ? name : NULL;
}

static struct source source_named(const struct build_result *result, const char *file)
{
    const struct json_doc *portal = &result->site->portal.doc, *style = &result->site->style;
    if (style->file && strcmp(style->file, file) == 0)
        return (struct source){style, "", style->root};
    if (portal->file && strcmp(portal->file, file) == 0)
        return (struct source){portal, "/theme_settings", result->site->theme_settings};
    for (size_t i = 0; i < result->theme->chain_len; i++) {
        const struct json_doc *manifest = &result->theme->chain[i].manifest.doc;
        if (manifest->file && strcmp(manifest->file, file) == 0)
            return (struct source){manifest, "/settings", json_object_get(manifest->root, "settings")};
    }
    return (struct source){0};
}

static void set_text(json_t *finding, const char *key, const char *text)
{
    json_object_set_new(finding, key, text ? json_string(text) : json_null());
}

void control_add(json_t *finding, const struct build_result *result)
{
    const char *file = json_string_value(json_object_get(finding, "file"));
    unsigned line = (unsigned)json_integer_value(json_object_get(finding, "line"));
    unsigned col = (unsigned)json_integer_value(json_object_get(finding, "col"));
    struct source source = file ? source_named(result, file) : (struct source){0};
    const char *key = NULL, *member = NULL;
    bool found = source.values && line > 0 && find(&source, line, col, &key, &member);
    key = found ? present_name(result->theme, key) : NULL;
    set_text(finding, "control", key);
    set_text(finding, "member", key ? member : NULL);
    if (source.doc && source.doc == &result->site->style) {
        json_object_set_new(finding, "line", json_null());
        json_object_set_new(finding, "col", json_null());
    }
}
