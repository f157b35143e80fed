#include "schema.h"

#include "../../lib/settings/value.h"
#include "formats.h"

#include <string.h>

static void set_text(json_t *schema, const char *key, const char *text)
{
    if (text)
        json_object_set_new(schema, key, json_string(text));
}

static void set_limits(json_t *schema, const struct setting *row, const char *least_key, const char *most_key)
{
    size_t least, most;
    settings_limits(row, &least, &most);
    if (least > 0)
        json_object_set_new(schema, least_key, json_integer((json_int_t)least));
    json_object_set_new(schema, most_key, json_integer((json_int_t)most));
}

static json_t *of_type(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *text_schema(const struct setting *row)
{
    json_t *schema = of_type("string");
    set_limits(schema, row, "minLength", "maxLength");
    set_text(schema, "pattern", row->min > 0 ? SCHEMA_LINE_THAT_SHOWS : SCHEMA_LINE);
    return schema;
}

static json_t *local_schema(const struct setting *row)
{
    json_t *by_language = of_type("object");
    json_object_set_new(by_language, "minProperties", json_integer(1));
    json_object_set_new(by_language, "propertyNames", json_pack("{s:s}", "pattern", SCHEMA_LOCALE));
    json_object_set_new(by_language, "additionalProperties", text_schema(row));
    return json_pack("{s:[o, o]}", "anyOf", text_schema(row), by_language);
}

static json_t *number_schema(const struct setting *row)
{
    json_t *schema = of_type(row->type == SETTING_INT ? "integer" : "number");
    if (row->type == SETTING_INT && (row->min || row->max)) {
        json_object_set_new(schema, "minimum", json_integer(row->min));
        json_object_set_new(schema, "maximum", json_integer(row->max));
    } else if (row->type == SETTING_NUMBER && (row->least < 0 || row->least > 0 || row->most > 0)) {
        json_object_set_new(schema, "minimum", json_real(row->least));
        json_object_set_new(schema, "maximum", json_real(row->most));
    }
    return schema;
}

static json_t *choices_schema(const struct setting *row)
{
    json_t *schema = json_object(), *values = json_array();
    for (const char *const *choice = row->choices; *choice; choice++)
        json_array_append_new(values, json_string(*choice));
    json_object_set_new(schema, "enum", values);
    return schema;
}

static json_t *list_schema(const struct setting *row)
{
    json_t *schema = of_type("array");
    json_object_set_new(schema, "items", schema_value(row->fields));
    set_limits(schema, row, "minItems", "maxItems");
    return schema;
}

static json_t *map_schema(const struct setting *row)
{
    json_t *schema = of_type("object");
    json_object_set_new(schema, "propertyNames", json_pack("{s:s}", "pattern", SCHEMA_ID));
    json_object_set_new(schema, "additionalProperties", schema_value(row->fields));
    set_limits(schema, row, "minProperties", "maxProperties");
    return schema;
}

static json_t *written_schema(const struct setting *row)
{
    json_t *schema = of_type("string");
    set_text(schema, "pattern", schema_pattern(row->type));
    return schema;
}

static json_t *plain_value(const struct setting *row)
{
    switch (row->type) {
    case SETTING_BOOL:
        return of_type("boolean");
    case SETTING_INT:
    case SETTING_NUMBER:
        return number_schema(row);
    case SETTING_TEXT:
        return text_schema(row);
    case SETTING_LOCAL:
        return local_schema(row);
    case SETTING_CHOICE:
        return choices_schema(row);
    case SETTING_FILTER:
        return schema_filter();
    case SETTING_GROUP:
        return schema_object(row->fields, true);
    case SETTING_LIST:
        return list_schema(row);
    case SETTING_MAP:
        return map_schema(row);
    default:
        return written_schema(row);
    }
}

json_t *schema_value(const struct setting *row)
{
    json_t *schema = json_object(), *value = plain_value(row);
    set_text(schema, "title", row->label);
    set_text(schema, "description", row->help);
    json_object_update(schema, value);
    json_decref(value);
    if (row->fallback)
        json_object_set_new(schema, "default", json_loads(row->fallback, JSON_DECODE_ANY, NULL));
    return schema;
}

/* Absent and null mean the same. */
static void allow_null(json_t *schema)
{
    json_t *type = json_object_get(schema, "type");
    if (json_is_string(type))
        json_object_set_new(schema, "type", json_pack("[O, s]", type, "null"));
    else if (json_object_get(schema, "enum"))
        json_array_append_new(json_object_get(schema, "enum"), json_null());
    else
        json_array_append_new(json_object_get(schema, "anyOf"), of_type("null"));
}

json_t *schema_object(const struct setting *rows, bool strict)
{
    json_t *schema = of_type("object"), *properties = json_object(), *required = json_array();
    for (; rows->key; rows++) {
        json_t *value = schema_value(rows);
        if (rows->required)
            json_array_append_new(required, json_string(rows->key));
        else
            allow_null(value);
        json_object_set_new(properties, rows->key, value);
    }
    json_object_set_new(schema, "properties", properties);
    if (strict && json_array_size(required) > 0)
        json_object_set(schema, "required", required);
    json_object_set_new(schema, "additionalProperties", json_false());
    json_decref(required);
    return schema;
}

/* Is there a filter among the rows, or in a group of them? */
static bool has_filter(const struct setting *rows)
{
    for (; rows->key; rows++) {
        if (rows->type == SETTING_FILTER || (rows->type == SETTING_GROUP && has_filter(rows->fields)))
            return true;
    }
    return false;
}

json_t *schema_head(const char *title, const char *help)
{
    return json_pack("{s:s, s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title",
                     title, "description", help);
}

static json_t *schema_key(void)
{
    return json_pack("{s:s, s:s}", "type", "string", "description",
                     "Where an editor finds this description.");
}

json_t *schema_file(const char *title, const char *help, const struct setting *rows)
{
    json_t *schema = schema_head(title, help), *object = schema_object(rows, true);
    json_object_set_new(json_object_get(object, "properties"), "$schema", schema_key());
    json_object_update(schema, object);
    json_decref(object);
    if (has_filter(rows))
        json_object_set_new(schema, "$defs", schema_filter_definitions());
    return schema;
}

json_t *schema_map_file(const char *title, const char *help, const struct setting *fields)
{
    json_t *schema = schema_head(title, help);
    json_object_set_new(schema, "type", json_string("object"));
    json_object_set_new(schema, "properties", json_pack("{s:o}", "$schema", schema_key()));
    json_object_set_new(schema, "propertyNames", json_pack("{s:s}", "pattern", SCHEMA_ID_OR_SCHEMA));
    json_object_set_new(schema, "additionalProperties", schema_object(fields, true));
    return schema;
}
