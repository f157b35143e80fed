/* Filters in the schema of a file: one definition, which refers to itself. */
#include "../../lib/filter.h"
#include "schema.h"

#define REFERENCE "#/$defs/filter"

json_t *schema_filter(void)
{
    return json_pack("{s:[{s:s}]}", "anyOf", "$ref", REFERENCE);
}

static json_t *text_value(void)
{
    return json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", 1, "maxLength", 500);
}

/* What may stand beside a test's name, for any of the types that take it. */
static json_t *test_value(enum filter_test test)
{
    switch (test) {
    case FILTER_IS_ANY_OF:
    case FILTER_IS_NONE_OF:
        return json_pack("{s:s, s:o, s:i, s:i}", "type", "array", "items", text_value(), "minItems", 1,
                         "maxItems", 100);
    case FILTER_IS_KNOWN:
    case FILTER_IS_UNKNOWN:
        return json_pack("{s:b}", "const", 1);
    case FILTER_CONTAINS:
        return text_value();
    case FILTER_EQUALS:
        return json_pack("{s:[s, s, s]}", "type", "string", "number", "boolean");
    case FILTER_IN_THE_LAST_DAYS:
        return json_pack("{s:s, s:i, s:i}", "type", "integer", "minimum", 1, "maximum", 36500);
    case FILTER_BEFORE:
    case FILTER_AFTER:
        return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    default:
        return json_pack("{s:s}", "type", "number");
    }
}

static json_t *group_schema(const char *op)
{
    json_t *list =
        json_pack("{s:s, s:{s:s}, s:i}", "type", "array", "items", "$ref", REFERENCE, "minItems", 1);
    return json_pack("{s:s, s:{s:o}, s:[s], s:b}", "type", "object", "properties", op, list, "required", op,
                     "additionalProperties", 0);
}

static json_t *test_schema(void)
{
    json_t *properties = json_pack("{s:{s:s, s:s}}", "property", "type", "string", "description",
                                   "The id of a property: built in, or of content/properties.json.");
    for (int test = 0; filter_tests[test]; test++)
        json_object_set_new(properties, filter_tests[test], test_value((enum filter_test)test));
    return json_pack("{s:s, s:o, s:[s], s:i, s:i, s:b}", "type", "object", "properties", properties,
                     "required", "property", "minProperties", 2, "maxProperties", 2, "additionalProperties",
                     0);
}

json_t *schema_filter_definitions(void)
{
    return json_pack("{s:{s:s, s:[o, o, o]}}", "filter", "description",
                     "Which are meant: one test of a property, or several, of which all or any must hold.",
                     "anyOf", test_schema(), group_schema("all"), group_schema("any"));
}
