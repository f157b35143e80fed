#include "internal.h"

#include "../esc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool value_is_true(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
    case JSON_FALSE:
        return false;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_INTEGER:
        return json_integer_value(value) != 0;
    case JSON_REAL:
        return fpclassify(json_real_value(value)) != FP_ZERO;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    default:
        return true;
    }
}

/* The fewest digits that read back as the same number. */
static void real_write(struct buf *out, double real)
{
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real) /* exactly: that is the question */
            break;
    }
    char *comma = strchr(digits, ','); /* some locales of the C library write one */
    if (comma)
        *comma = '.';
    buf_adds(out, digits);
}

bool value_write(struct buf *out, const json_t *value, bool escape)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
        return true;
    case JSON_STRING:
        if (escape)
            esc_html(out, json_string_value(value), json_string_length(value));
        else
            buf_add(out, json_string_value(value), json_string_length(value));
        return true;
    case JSON_INTEGER:
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return true;
    case JSON_REAL:
        real_write(out, json_real_value(value));
        return true;
    case JSON_TRUE:
        buf_adds(out, "true");
        return true;
    case JSON_FALSE:
        buf_adds(out, "false");
        return true;
    default:
        return false;
    }
}

bool value_show(struct buf *out, uint8_t kind, const json_t *value, const struct template_options *options)
{
    bool escape = kind == NODE_VALUE && options->escape == TEMPLATE_HTML;
    const struct template_paste *paste = options->paste;
    if (!paste || !value || value != paste->stands_for)
        return value_write(out, value, escape);
    struct buf bytes;
    if (!escape) {
        paste->write(paste->context, out);
        return true;
    }
    buf_init(&bytes, out->ceiling);
    paste->write(paste->context, &bytes);
    esc_html(out, bytes.data, bytes.len);
    out->failed |= !buf_ok(&bytes);
    buf_release(&bytes);
    return true;
}

const char *value_kind(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "a yes or no";
    default:
        return "nothing";
    }
}
