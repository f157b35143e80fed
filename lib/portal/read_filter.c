/* Filters of the compiled portal: {"op": "all", "of": [...]} or {"property", "type", "test", "values":
 * [...]}. */
#include "read.h"

#include <string.h>

enum { DEPTH_MAX = 8 };

static bool read_node(struct portal_reader *reader, const json_t *item, struct portal_filter *filter,
                      int depth);

static void read_number(struct portal_reader *reader, const json_t *item, const json_t *value,
                        enum filter_wants wants, struct portal_filter *filter)
{
    bool fits = wants == FILTER_WANTS_FLAG   ? json_is_boolean(value)
                : wants == FILTER_WANTS_DAYS ? json_is_integer(value) && json_integer_value(value) > 0
                                             : json_is_number(value);
    if (!fits)
        reader_refuse(reader, item, "values", "do not fit the test");
    filter->number = json_is_true(value) ? 1 : json_number_value(value);
}

static void read_texts(struct portal_reader *reader, const json_t *item, enum filter_wants wants,
                       struct portal_filter *filter)
{
    long days;
    json_t *list =
        reader_list(reader, item, "values", 1, &filter->values, sizeof *filter->values, &filter->value_count);
    for (size_t i = 0; i < filter->value_count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (!text || (wants == FILTER_WANTS_DAY && !filter_day(text, &days)))
            reader_refuse(reader, item, "values", "do not fit the test");
        filter->values[i] = text ? text : "";
    }
}

static void read_test(struct portal_reader *reader, const json_t *item, struct portal_filter *filter)
{
    filter->op = FILTER_TEST;
    filter->property = reader_text(reader, item, "property");
    filter->type = (enum property_type)reader_choice(reader, item, "type", property_types);
    filter->test = (enum filter_test)reader_choice(reader, item, "test", filter_tests);
    const json_t *values = json_object_get(item, "values");
    enum filter_wants wants = filter_wants(filter->type, filter->test);
    bool several = wants == FILTER_WANTS_TEXTS;
    size_t count = json_array_size(values);
    if (wants == FILTER_REFUSES)
        reader_refuse(reader, item, "test", "is none for properties of this type");
    else if (several ? count < 1 : count != (wants != FILTER_WANTS_NOTHING))
        reader_refuse(reader, item, "values", "want as many as the test takes");
    else if (several || wants == FILTER_WANTS_TEXT || wants == FILTER_WANTS_DAY)
        read_texts(reader, item, wants, filter);
    else if (wants != FILTER_WANTS_NOTHING)
        read_number(reader, item, json_array_get(values, 0), wants, filter);
}

static void read_group(struct portal_reader *reader, const json_t *item, struct portal_filter *filter,
                       int depth)
{
    static const char *const ops[] = {"all", "any", NULL}; /* as enum filter_op */
    struct portal_filter *of;
    filter->op = (enum filter_op)reader_choice(reader, item, "op", ops);
    json_t *list = reader_list(reader, item, "of", 1, &of, sizeof *of, &filter->count);
    for (size_t i = 0; i < filter->count; i++) {
        if (!read_node(reader, json_array_get(list, i), &of[i], depth + 1))
            filter->count = i;
    }
    filter->of = of;
}

static bool read_node(struct portal_reader *reader, const json_t *item, struct portal_filter *filter,
                      int depth)
{
    *filter = (struct portal_filter){0};
    if (!json_is_object(item) || depth > DEPTH_MAX)
        reader_refuse(reader, item, NULL, "want a filter, not too deep");
    else if (json_object_get(item, "op"))
        read_group(reader, item, filter, depth);
    else
        read_test(reader, item, filter);
    return !reader->failed;
}

const struct portal_filter *portal_read_filter(struct portal_reader *reader, const json_t *object,
                                               const char *key)
{
    const json_t *item = json_object_get(object, key);
    if (json_is_null(item))
        return NULL;
    struct portal_filter *filter = arena_alloc(reader->arena, sizeof *filter);
    if (!json_is_object(item) || !filter) {
        reader_refuse(reader, object, key, "want a filter or null");
        return NULL;
    }
    return read_node(reader, item, filter, 1) ? filter : NULL;
}
