#include "files.h"

#include "../content/help.h"
#include "../forms/form.h"
#include "../site/properties.h"
#include "../theme/declarations.h"
#include "formats.h"
#include "schema.h"

#include <string.h>

const struct schema_page schema_pages[] = {
    {"portal", "content/portal.json", "The portal", "Name, addresses, languages, and what customers may do.",
     portal_settings, false},
    {"pipelines", "content/pipelines.json", "Pipelines",
     "The stages that tickets pass through: an object of pipelines by id.", pipeline_fields, true},
    {"properties", "content/properties.json", "Properties",
     "What is known of tickets and contacts besides what every one has; the file may be missing.",
     property_settings, false},
    {"form", "content/forms/<id>.json", "A support form", "What customers are asked when they file a ticket.",
     form_settings, false},
    {"sections", "content/help/sections.json", "Sections of the help centre",
     "Titles and order of the help centre's sections: an object of sections by id.", section_fields, true},
    {"theme", "themes/<name>/theme.json", "A theme",
     "What a theme is called, and which settings it lets admins make.", theme_manifest_rows, false},
    {0},
};

/* --- settings of the theme --------------------------------------------------------------------------------
 */

static const char *text_in_english(const json_t *text)
{
    const char *english = json_string_value(json_object_get(text, "en"));
    void *first = json_object_iter((json_t *)text);
    if (json_is_string(text))
        return json_string_value(text);
    return english ? english : json_string_value(json_object_iter_value(first));
}

static void add_words(struct setting *row, const json_t *declared)
{
    row->label = text_in_english(json_object_get(declared, "label"));
    row->help = text_in_english(json_object_get(declared, "help"));
}

const struct setting *schema_theme_rows(const struct theme *theme)
{
    if (!theme || !theme->settings)
        return NULL;
    struct setting *rows = arena_alloc(theme->arena, (json_object_size(theme->settings) + 1) * sizeof *rows);
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(theme->settings, key, declared)
    {
        rows[count] = theme_value_row(theme->arena, key, declared, NULL);
        add_words(&rows[count++], declared);
    }
    return rows;
}

/* What else may be written for a setting, as one colour or one for each ground. NULL: nothing. */
static json_t *other_shape(const struct theme *theme, const struct setting *row)
{
    json_t *object = json_object();
    const struct setting other =
        theme_value_row(theme->arena, row->key, json_object_get(theme->settings, row->key), object);
    json_decref(object);
    return other.type == row->type ? NULL : schema_value(&other);
}

/* Names that a setting had still work; an editor strikes them through. */
static void add_former_names(json_t *properties, const struct theme *theme, const char *key)
{
    const json_t *aliases = json_object_get(json_object_get(theme->settings, key), "aliases");
    size_t i;
    json_t *alias;
    json_array_foreach(aliases, i, alias)
    {
        json_t *former = json_deep_copy(json_object_get(properties, key));
        json_object_set_new(former, "deprecated", json_true());
        json_object_set_new(properties, json_string_value(alias), former);
    }
}

static json_t *theme_settings_schema(const struct theme *theme)
{
    const struct setting *rows = schema_theme_rows(theme);
    json_t *schema = rows ? schema_object(rows, true) : json_pack("{s:[s, s]}", "type", "object", "null");
    json_object_set_new(schema, "title", json_string("Settings of the theme"));
    json_object_set_new(schema, "description",
                        json_string("Values for what the theme declares in its theme.json."));
    for (; rows && rows->key; rows++) {
        json_t *properties = json_object_get(schema, "properties");
        json_t *one = json_object_get(properties, rows->key), *other = other_shape(theme, rows);
        if (other)
            json_object_set_new(
                properties, rows->key,
                json_pack("{s:O, s:[O, o]}", "title", json_object_get(one, "title"), "anyOf", one, other));
        add_former_names(properties, theme, rows->key);
    }
    return schema;
}

/* --- declarations of theme.json
 * ----------------------------------------------------------------------------- */

static json_t *when_type(const char *type, json_t *then)
{
    return json_pack("{s:{s:{s:{s:s}}, s:[s]}, s:o}", "if", "properties", "type", "const", type, "required",
                     "type", "then", then);
}

/* Of a setting that the parent has declared nothing has to be said again. */
static json_t *declarations(bool strict)
{
    json_t *all = json_array(), *names = json_array();
    for (const struct theme_type *type = theme_types; type->name; type++) {
        json_t *object = schema_object(type->rows, true);
        json_t *required = json_object_get(object, "required");
        json_t *then = strict ? json_pack("{s:O}", "required", required) : json_incref(object);
        if (!strict)
            json_object_del(object, "required");
        json_array_append_new(all, when_type(type->name, then));
        json_array_append_new(names, json_string(type->name));
        json_decref(object);
    }
    json_t *value = json_pack("{s:s, s:{s:{s:o}}, s:o}", "type", "object", "properties", "type", "enum",
                              names, "allOf", all);
    if (strict)
        json_object_set_new(value, "required", json_pack("[s, s]", "type", "label"));
    return json_pack("{s:[s, s], s:s, s:s, s:{s:s}, s:o}", "type", "object", "null", "title", "Settings",
                     "description", "What admins may set under \"theme_settings\", by id.", "propertyNames",
                     "pattern", SCHEMA_ID, "additionalProperties", value);
}

static void add_declarations(json_t *schema)
{
    json_object_set_new(json_object_get(schema, "properties"), "settings", declarations(false));
    json_object_set_new(schema, "if", json_pack("{s:{s:[s]}}", "not", "required", "parent"));
    json_object_set_new(schema, "then", json_pack("{s:{s:o}}", "properties", "settings", declarations(true)));
}

json_t *schema_of(const struct schema_page *page, const struct theme *theme)
{
    if (page->is_map)
        return schema_map_file(page->title, page->help, page->rows);
    json_t *schema = schema_file(page->title, page->help, page->rows);
    if (strcmp(page->name, "portal") == 0)
        json_object_set_new(json_object_get(schema, "properties"), "theme_settings",
                            theme_settings_schema(theme));
    if (strcmp(page->name, "theme") == 0)
        add_declarations(schema);
    return schema;
}
