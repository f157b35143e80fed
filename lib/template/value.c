#include "render.h"

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

/* Lists and objects cannot be written. */
static bool value_write(struct buf *out, const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
        return true;
    case JSON_STRING:
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

static enum shown show_text(struct buf *out, uint8_t flags, const char *text, size_t len)
{
    if (!(flags & NODE_URL)) {
        esc_html(out, text, len);
        return SHOWN;
    }
    if ((flags & NODE_URL_START) && (strlen(text) != len || !esc_url_is_safe(text)))
        return SHOWN_UNSAFE;
    esc_href(out, text, len);
    return SHOWN;
}

static enum shown show_paste(struct buf *out, bool escape, uint8_t flags, const struct template_paste *paste)
{
    struct buf bytes;
    if (!escape) {
        paste->write(paste->context, out);
        return SHOWN;
    }
    buf_init(&bytes, out->ceiling);
    paste->write(paste->context, &bytes);
    enum shown shown = show_text(out, flags, bytes.data, bytes.len);
    out->failed |= !buf_ok(&bytes);
    buf_release(&bytes);
    return shown;
}

enum shown value_show(struct buf *out, uint8_t kind, uint8_t flags, const json_t *value,
                      const struct template_options *options)
{
    bool escape = kind == NODE_VALUE && options->escape == TEMPLATE_HTML;
    if (options->paste && value && value == options->paste->stands_for)
        return show_paste(out, escape, flags, options->paste);
    if (escape && json_is_string(value))
        return show_text(out, flags, json_string_value(value), json_string_length(value));
    return value_write(out, value) ? SHOWN : SHOWN_NOT;
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
