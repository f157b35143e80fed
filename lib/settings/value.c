#include "value.h"

#include "../locale.h"
#include "../utf8.h"
#include "format.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void settings_limits(const struct setting *row, size_t *least, size_t *most)
{
    *least = row->min > 0 ? (size_t)row->min : 0;
    *most = row->max > 0 ? (size_t)row->max : SETTINGS_MAX;
}

static bool int_fits(const struct setting *row, const json_t *value)
{
    if (!json_is_integer(value))
        return false;
    json_int_t number = json_integer_value(value);
    return (row->min == 0 && row->max == 0) || (number >= row->min && number <= row->max);
}

static bool has_control(const char *text, size_t len)
{
    uint32_t code;
    for (size_t at = 0; at < len;) {
        at += utf8_next(text + at, len - at, &code);
        if (utf8_is_control(code))
            return true;
    }
    return false;
}

static bool length_fits(const struct setting *row, const json_t *value)
{
    size_t least, most, count = utf8_count(json_string_value(value), json_string_length(value));
    settings_limits(row, &least, &most);
    return count >= least && count <= most;
}

bool settings_is_blank(const char *text)
{
    return *text && text[strspn(text, " ")] == '\0';
}

bool settings_text_fits(const struct setting *row, const json_t *value)
{
    return json_is_string(value) && length_fits(row, value) &&
           !(row->min > 0 && settings_is_blank(json_string_value(value))) &&
           !has_control(json_string_value(value), json_string_length(value));
}

/* Whole steps, as far as decimals such as 0.1 can be told in binary. */
static bool step_fits(const struct setting *row, double number)
{
    double steps = row->step > 0 ? (number - row->least) / row->step : 0;
    return fabs(steps - nearbyint(steps)) < 1e-6;
}

static bool range_fits(const struct setting *row, double number)
{
    bool free = row->least == 0 && row->most == 0;
    return (free || (number >= row->least && number <= row->most)) && step_fits(row, number);
}

static bool css_length_fits(const struct setting *row, const char *text)
{
    if (!format_is_length(text))
        return false;
    size_t digits = strspn(text, "0123456789.");
    bool unit = !row->unit || strcmp(text, "0") == 0 || strcmp(text + digits, row->unit) == 0;
    return unit && (!row->unit || range_fits(row, strtod(text, NULL)));
}

static bool choice_fits(const struct setting *row, const char *text)
{
    for (const char *const *choice = row->choices; *choice; choice++) {
        if (strcmp(*choice, text) == 0)
            return true;
    }
    return false;
}

static bool file_fits(const struct setting *row, const char *text)
{
    if (row->choices && choice_fits(row, text))
        return true;
    const char *dot = strrchr(text, '.');
    for (const char *const *ending = row->endings; dot && ending && *ending; ending++) {
        if (strcmp(*ending, dot) == 0)
            return format_is_file(text);
    }
    return false;
}

static bool string_fits(const struct setting *row, const char *text)
{
    switch (row->type) {
    case SETTING_CHOICE:
        return choice_fits(row, text);
    case SETTING_ID:
        return format_is_id(text);
    case SETTING_SLUG:
        return format_is_slug(text);
    case SETTING_HOST:
        return format_is_host(text);
    case SETTING_EMAIL:
        return format_is_email(text);
    case SETTING_URL:
        return format_is_url(text);
    case SETTING_API:
        return format_is_api(text);
    case SETTING_ISSUER:
        return format_is_issuer(text);
    case SETTING_LOCALE:
        return locale_is_tag(text);
    case SETTING_COLOR:
        return format_is_color(text);
    case SETTING_LENGTH:
        return css_length_fits(row, text);
    case SETTING_FILE:
        return file_fits(row, text);
    default:
        return false;
    }
}

bool settings_value_fits(const struct setting *row, const json_t *value)
{
    if (row->type == SETTING_BOOL)
        return json_is_boolean(value);
    if (row->type == SETTING_FILTER)
        return json_is_object(value);
    if (row->type == SETTING_INT)
        return int_fits(row, value);
    if (row->type == SETTING_NUMBER)
        return json_is_number(value) && range_fits(row, json_number_value(value));
    if (row->type == SETTING_TEXT)
        return settings_text_fits(row, value);
    return json_is_string(value) && string_fits(row, json_string_value(value));
}
