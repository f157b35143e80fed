#include "property.h"

#include "../../lib/utf8.h"
#include "../server/write.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_fault(const struct portal_property *property, const json_t *value)
{
    if (!json_is_string(value))
        return "type";
    size_t length = utf8_count(json_string_value(value), json_string_length(value));
    return length > (size_t)json_integer_value(property->max) ? "too_long" : NULL;
}

static const char *number_fault(const struct portal_property *property, const json_t *value)
{
    double number = json_number_value(value);
    if (!json_is_number(value))
        return "number";
    if (property->min && number < json_number_value(property->min))
        return "too_small";
    return property->max && number > json_number_value(property->max) ? "too_great" : NULL;
}

static const char *option_fault(const struct portal_property *property, const json_t *value)
{
    const char *text = json_string_value(value);
    return text && portal_option(property, text) ? NULL : "option";
}

static const char *options_fault(const struct portal_property *property, const json_t *value)
{
    if (!json_is_array(value) || json_array_size(value) > property->option_count)
        return "option";
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (option_fault(property, json_array_get(value, i)))
            return "option";
        for (size_t j = 0; j < i; j++) {
            if (json_equal(json_array_get(value, i), json_array_get(value, j)))
                return "option";
        }
    }
    return NULL;
}

const char *property_fault(const struct portal_property *property, const json_t *value)
{
    long day;
    switch (property->type) {
    case PROPERTY_TEXT:
        return text_fault(property, value);
    case PROPERTY_NUMBER:
        return number_fault(property, value);
    case PROPERTY_DATE:
        return json_is_string(value) && filter_day(json_string_value(value), &day) ? NULL : "date";
    case PROPERTY_SELECT:
        return option_fault(property, value);
    case PROPERTY_MULTI_SELECT:
        return options_fault(property, value);
    case PROPERTY_CHECKBOX:
        return json_is_boolean(value) ? NULL : "type";
    }
    return "type";
}

bool property_is_of_type(const struct portal_property *property, const json_t *value)
{
    switch (property->type) {
    case PROPERTY_NUMBER:
        return json_is_number(value);
    case PROPERTY_MULTI_SELECT:
        for (size_t i = 0; i < json_array_size(value); i++)
            if (!json_is_string(json_array_get(value, i)))
                return false;
        return json_is_array(value);
    case PROPERTY_CHECKBOX:
        return json_is_boolean(value);
    default:
        return json_is_string(value);
    }
}

json_t *property_parse(const char *stored)
{
    return stored && strcmp(stored, "{}") != 0 ? json_loads(stored, 0, NULL) : NULL;
}

/* JSON of numbers and lists comes from the library that read it. */
void property_write(struct buf *out, const struct portal_property *property, const json_t *values)
{
    const json_t *value = json_object_get(values, property->id);
    char *text = value && property_is_of_type(property, value)
                     ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15))
                     : NULL;
    if (text)
        write_json(out, property->id, text);
    free(text);
}

static void add_options(struct buf *text, const struct portal_property *property)
{
    for (size_t i = 0; i < property->option_count; i++)
        buf_addf(text, "%s\"%s\"", i > 0 ? ", " : "", property->options[i].value);
}

static void add_limit(struct buf *text, const char *before, const json_t *limit)
{
    if (limit)
        buf_addf(text, " %s %g", before, json_number_value(limit));
}

void property_wants(const struct portal_property *property, char *text, size_t size)
{
    static const char *const words[] = {"a text of at most",       "a number",
                                        "a day as \"2026-11-22\"", "one of",
                                        "a list of some of",       "true or false"};
    struct buf wants;
    buf_init(&wants, 64 * 1024);
    buf_adds(&wants, words[property->type]);
    if (property->type == PROPERTY_TEXT)
        buf_addf(&wants, " %ld characters", (long)json_integer_value(property->max));
    if (property->option_count > 0)
        buf_addc(&wants, ' ');
    add_options(&wants, property);
    if (property->type == PROPERTY_NUMBER) {
        add_limit(&wants, "from", property->min);
        add_limit(&wants, "up to", property->max);
    }
    snprintf(text, size, "%s", wants.data);
    buf_release(&wants);
}

static size_t digits(const char *text)
{
    size_t count = 0;
    while (isdigit((unsigned char)text[count]))
        count++;
    return count;
}

bool property_read_number(const char *text, double *number)
{
    const char *at = text + (*text == '-');
    size_t whole = digits(at), behind = 0;
    at += whole;
    if (*at == '.') {
        behind = digits(at + 1);
        if (behind == 0)
            return false;
        at += 1 + behind;
    }
    if (*at || whole == 0 || whole > 15 || behind > 6)
        return false;
    *number = strtod(text, NULL);
    return true;
}
