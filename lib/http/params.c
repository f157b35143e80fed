#include "params.h"

#include "../buf.h"
#include "../utf8.h"
#include "url.h"

#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/*
 * Browsers send a backslash as it is and a quote as %22; older clients send \" for a quote. So a quote after
 * a backslash ends the value only where the parameter could end.
 */
static const char *closing_quote(const char *text)
{
    for (const char *quote = text; (quote = strchr(quote, '"')); quote++) {
        const char *after = skip_blanks(quote + 1);
        if (quote == text || quote[-1] != '\\' || *after == ';' || *after == '\0')
            return quote;
    }
    return NULL;
}

static bool value_read(const char **at, struct param *param)
{
    const char *text = *at;
    param->quoted = *text == '"';
    if (!param->quoted) {
        param->value = text;
        param->value_len = strcspn(text, " \t;\"");
        *at = text + param->value_len;
        return param->value_len > 0;
    }
    const char *end = closing_quote(text + 1);
    if (!end)
        return false;
    param->value = text + 1;
    param->value_len = (size_t)(end - param->value);
    *at = end + 1;
    return true;
}

enum param_end param_next(const char **at, struct param *param)
{
    const char *text = skip_blanks(*at);
    if (*text == '\0')
        return PARAM_NONE;
    if (*text != ';')
        return PARAM_MALFORMED;
    text = skip_blanks(text + 1);
    if (*text == '\0') {
        *at = text;
        return PARAM_NONE;
    }
    param->name = text;
    param->name_len = strcspn(text, " \t;=\"");
    text = skip_blanks(text + param->name_len);
    if (param->name_len == 0 || *text != '=')
        return PARAM_MALFORMED;
    *at = skip_blanks(text + 1);
    return value_read(at, param) ? PARAM_READ : PARAM_MALFORMED;
}

bool param_is(const struct param *param, const char *name)
{
    return strlen(name) == param->name_len && strncasecmp(param->name, name, param->name_len) == 0;
}

/* How many bytes stand for a quote or a line break here, and what for; 0: none do. */
static size_t escape_read(const char *text, size_t len, char *c)
{
    static const struct {
        const char *sent;
        char meant;
    } escapes[] = {{"\\\"", '"'}, {"%22", '"'}, {"%0D%0A", ' '}, {"%0D", ' '}, {"%0A", ' '}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        size_t size = strlen(escapes[i].sent);
        if (size <= len && strncasecmp(text, escapes[i].sent, size) == 0) {
            *c = escapes[i].meant;
            return size;
        }
    }
    return 0;
}

static void label_add(struct buf *out, const char *text, size_t len, bool escaped)
{
    for (size_t taken; len > 0; text += taken, len -= taken) {
        char c;
        if (escaped && (taken = escape_read(text, len, &c)) > 0) {
            buf_addc(out, c);
            continue;
        }
        uint32_t code;
        taken = utf8_next(text, len, &code);
        if (code == UTF8_BAD)
            buf_adds(out, "\xef\xbf\xbd");
        else if (utf8_is_control(code))
            buf_addc(out, ' ');
        else
            buf_add(out, text, taken);
    }
}

static const char *label_of(struct arena *arena, const char *text, size_t len, bool escaped)
{
    struct buf out;
    buf_init(&out, 3 * len); /* one bad byte becomes three */
    label_add(&out, text, len, escaped);
    const char *label = buf_ok(&out) ? arena_strndup(arena, out.data, out.len) : NULL;
    buf_release(&out);
    return label;
}

const char *param_label(struct arena *arena, const struct param *param)
{
    return label_of(arena, param->value, param->value_len, param->quoted);
}

const char *param_extended(struct arena *arena, const struct param *param)
{
    static const char charset[] = "UTF-8'";
    size_t prefix = sizeof charset - 1;
    if (param->quoted || param->value_len < prefix || strncasecmp(param->value, charset, prefix) != 0)
        return NULL;
    const char *end = param->value + param->value_len;
    const char *language_end = memchr(param->value + prefix, '\'', param->value_len - prefix);
    if (!language_end)
        return NULL;
    const char *decoded = url_decode(arena, language_end + 1, (size_t)(end - language_end - 1), false);
    return decoded ? label_of(arena, decoded, strlen(decoded), false) : NULL;
}
