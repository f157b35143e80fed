/*
 * What messages say: what was wanted, and what was found.
 */
#include "../utf8.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

static void add_range(struct buf *out, const struct setting *row)
{
    if (row->min == 0 && row->max == 0)
        buf_adds(out, "a whole number");
    else
        buf_addf(out, "a whole number from %ld to %ld", row->min, row->max);
}

static void add_length(struct buf *out, const struct setting *row, const char *thing, const char *unit)
{
    size_t least, most;
    settings_limits(row, &least, &most);
    if (least > 0)
        buf_addf(out, "%s of %zu to %zu %s", thing, least, most, unit);
    else
        buf_addf(out, "%s of at most %zu %s", thing, most, unit);
}

static void add_number_range(struct buf *out, const struct setting *row, const char *thing)
{
    const char *unit = row->unit ? row->unit : "";
    buf_adds(out, thing);
    if (row->least != 0 || row->most != 0)
        buf_addf(out, " from %.6g%s to %.6g%s", row->least, unit, row->most, unit);
    if (row->step > 0)
        buf_addf(out, " in steps of %.6g", row->step);
}

static void add_file(struct buf *out, const struct setting *row)
{
    for (const char *const *choice = row->choices; choice && *choice; choice++)
        buf_addf(out, "\"%s\", ", *choice);
    buf_adds(out, row->choices ? "or the path of a file (" : "the path of a file such as images/logo.svg (");
    for (const char *const *ending = row->endings; ending && *ending; ending++)
        buf_addf(out, "%s%s", ending == row->endings ? "" : ", ", *ending);
    buf_addc(out, ')');
}

static void add_choices(struct buf *out, const struct setting *row)
{
    for (const char *const *choice = row->choices; *choice; choice++) {
        const char *joint = choice == row->choices ? "" : choice[1] ? ", " : " or ";
        buf_addf(out, "%s\"%s\"", joint, *choice);
    }
}

static const char *want_format(enum setting_type type)
{
    switch (type) {
    case SETTING_BOOL:
        return "true or false";
    case SETTING_ID:
        return "an id of a-z, 0-9, - and _ that begins with a letter (at most 64)";
    case SETTING_SLUG:
        return "a path such as / or /support/, of lower case letters, digits and -";
    case SETTING_HOST:
        return "a host name such as support.example.com, perhaps with a port";
    case SETTING_EMAIL:
        return "an e-mail address such as help@example.com";
    case SETTING_URL:
        return "a URL such as https://example.com/, mailto:help@example.com or /path";
    case SETTING_API:
        return "a path such as /api/v1, or https://host/path, without a closing /";
    case SETTING_ISSUER:
        return "https://HOST/PATH without \"?\", \"#\" and \"@\", or for trials http://localhost:PORT";
    case SETTING_LOCALE:
        return "a language tag such as en, pt-BR or zh-Hans";
    case SETTING_COLOR:
        return "a colour such as #fff or #0a5ea8";
    case SETTING_LENGTH:
        return "a length such as 0, 8px, 0.5rem or 50%";
    case SETTING_FILTER:
        return "a filter: a test such as {\"property\": \"category\", \"is_any_of\": [\"bug\"]}, or "
               "{\"all\": [..]} or {\"any\": [..]} of tests and groups";
    default:
        return "an object";
    }
}

void settings_add_want(struct buf *out, const struct setting *row)
{
    switch (row->type) {
    case SETTING_INT:
        add_range(out, row);
        break;
    case SETTING_TEXT:
    case SETTING_LOCAL:
        add_length(out, row, "a text", "characters");
        break;
    case SETTING_CHOICE:
        add_choices(out, row);
        break;
    case SETTING_NUMBER:
        add_number_range(out, row, "a number");
        break;
    case SETTING_LENGTH:
        if (row->unit)
            add_number_range(out, row, "a length");
        else
            buf_adds(out, want_format(row->type));
        break;
    case SETTING_FILE:
        add_file(out, row);
        break;
    case SETTING_LIST:
        add_length(out, row, "a list", "items");
        break;
    case SETTING_MAP:
        add_length(out, row, "an object", "keys");
        break;
    default:
        buf_adds(out, want_format(row->type));
    }
    if (row->type == SETTING_LOCAL)
        buf_adds(out, ", or an object of texts by language");
}

static void add_text(struct buf *out, const char *text, size_t len)
{
    enum { SHOWN = 40 };
    size_t shown = utf8_prefix(text, len, SHOWN);
    buf_addc(out, '"');
    buf_add(out, text, shown);
    buf_adds(out, shown < len ? "...\"" : "\"");
}

static void add_string(struct buf *out, const struct setting *row, const char *text, size_t len)
{
    size_t least, most, count = utf8_count(text, len);
    settings_limits(row, &least, &most);
    if (row->type != SETTING_TEXT && row->type != SETTING_LOCAL)
        add_text(out, text, len);
    else if (len == 0)
        buf_adds(out, "an empty one");
    else if (count < least || count > most)
        buf_addf(out, "%zu", count);
    else
        buf_adds(out, settings_is_blank(text) ? "only blanks"
                                              : "one with a line break or another control character");
}

static void add_size(struct buf *out, const struct setting *row, enum setting_type own, size_t size,
                     const char *thing)
{
    if (row->type == own)
        buf_addf(out, "%zu", size);
    else
        buf_adds(out, thing);
}

static void add_number(struct buf *out, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    buf_adds(out, text ? text : "a number");
    free(text);
}

void settings_add_got(struct buf *out, const struct setting *row, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        add_string(out, row, json_string_value(value), json_string_length(value));
        break;
    case JSON_ARRAY:
        add_size(out, row, SETTING_LIST, json_array_size(value), "a list");
        break;
    case JSON_OBJECT:
        add_size(out, row, SETTING_MAP, json_object_size(value),
                 json_object_size(value) > 0 ? "an object" : "an empty object");
        break;
    default:
        add_number(out, value);
    }
}
