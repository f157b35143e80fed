#include "internal.h"

#include <string.h>

bool locale_is_plural(const json_t *value)
{
    const char *key;
    json_t *form;
    json_object_foreach((json_t *)value, key, form)
    {
        if (!locale_is_category(key) || !json_is_string(form))
            return false;
    }
    return json_object_size(value) > 0;
}

static bool is_group(const json_t *value)
{
    return json_is_object(value) && !locale_is_plural(value);
}

/* Plural forms are taken together: English "one" is of no use beside Japanese "other". */
static bool fold(json_t *into, const json_t *more)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)more, key, value)
    {
        json_t *there = json_object_get(into, key);
        bool done = is_group(value) && is_group(there)
                        ? fold(there, value)
                        : json_object_set_new(into, key, json_deep_copy(value)) == 0;
        if (!done)
            return false;
    }
    return true;
}

json_t *locale_merge(const json_t *strings, const json_t *more)
{
    json_t *merged = strings ? json_deep_copy(strings) : json_object();
    if (merged && !fold(merged, more)) {
        json_decref(merged);
        return NULL;
    }
    return merged;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_part(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

const char *locale_placeholder(const char *text, size_t *len)
{
    while ((text = strchr(text, '{'))) {
        const char *end = text + 1;
        if (is_letter(*end))
            while (is_name_part(*end))
                end++;
        if (*end == '}' && end > text + 1) {
            *len = (size_t)(end - text) + 1;
            return text;
        }
        text++;
    }
    return NULL;
}

static const char *value_of(const struct locale_arg *args, size_t count, const char *name, size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(args[i].name) == len && memcmp(args[i].name, name, len) == 0)
            return args[i].value;
    return NULL;
}

void locale_format(struct buf *out, const char *pattern, const struct locale_arg *args, size_t count)
{
    const char *at;
    size_t len;
    while ((at = locale_placeholder(pattern, &len))) {
        const char *value = value_of(args, count, at + 1, len - 2);
        buf_add(out, pattern, (size_t)(at - pattern));
        if (value)
            buf_adds(out, value);
        else
            buf_add(out, at, len);
        pattern = at + len;
    }
    buf_adds(out, pattern);
}
