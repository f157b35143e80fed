#include "url.h"

#include "../utf8.h"

#include <string.h>
#include <strings.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte of what is encoded, moving `at` on; -1: a bad escape, or NUL, which no text of ours holds. */
static int next_byte(const char **at, const char *end, bool form)
{
    const char *text = *at;
    if (*text != '%') {
        *at = text + 1;
        return form && *text == '+' ? ' ' : *text ? (unsigned char)*text : -1;
    }
    if (end - text < 3 || hex(text[1]) < 0 || hex(text[2]) < 0)
        return -1;
    *at = text + 3;
    int byte = hex(text[1]) * 16 + hex(text[2]);
    return byte ? byte : -1;
}

char *url_decode(struct arena *arena, const char *text, size_t len, bool form)
{
    char *out = arena_alloc(arena, len + 1);
    if (!out)
        return NULL;
    size_t used = 0;
    for (const char *at = text, *end = text + len; at < end;) {
        int byte = next_byte(&at, end, form);
        if (byte < 0)
            return NULL;
        out[used++] = (char)byte;
    }
    return utf8_is_valid(out, used) ? out : NULL;
}

/* Visible ASCII only, and no fragment: those never leave a browser. */
static bool is_visible(const char *raw)
{
    for (; *raw; raw++)
        if (*raw <= 0x20 || *raw == 0x7f || *raw == '#')
            return false;
    return true;
}

bool url_query_is_sane(const char *raw)
{
    return is_visible(raw);
}

static bool segments_are_plain(const char *path)
{
    while (*path == '/') {
        size_t len = strcspn(++path, "/");
        if ((len == 1 && path[0] == '.') || (len == 2 && path[0] == '.' && path[1] == '.'))
            return false;
        path += len;
    }
    return true;
}

static bool bytes_are_plain(const char *path)
{
    for (; *path; path++)
        if ((unsigned char)*path < 0x20 || *path == 0x7f || *path == '\\')
            return false;
    return true;
}

const char *url_path(struct arena *arena, const char *raw)
{
    if (raw[0] != '/' || raw[1] == '/' || !is_visible(raw))
        return NULL;
    size_t slashes = 0, decoded = 0;
    for (const char *c = raw; *c; c++)
        slashes += *c == '/';
    const char *path = url_decode(arena, raw, strlen(raw), false);
    if (!path)
        return NULL;
    for (const char *c = path; *c; c++)
        decoded += *c == '/';
    return slashes == decoded && bytes_are_plain(path) && segments_are_plain(path) ? path : NULL;
}

static bool key_is(const char *key, size_t len, const char *name)
{
    for (const char *end = key + len; key < end; name++) {
        int byte = next_byte(&key, end, true);
        if (byte < 0 || byte != (unsigned char)*name)
            return false;
    }
    return *name == '\0';
}

const char *url_param(struct arena *arena, const char *encoded, const char *name)
{
    const char *value = NULL;
    size_t value_len = 0;
    while (*encoded) {
        size_t pair = strcspn(encoded, "&");
        const char *equals = memchr(encoded, '=', pair);
        size_t key = equals ? (size_t)(equals - encoded) : pair;
        if (pair > 0 && key_is(encoded, key, name)) {
            if (value)
                return NULL;
            value = equals ? equals + 1 : encoded + pair;
            value_len = (size_t)(encoded + pair - value);
        }
        encoded += pair + (encoded[pair] == '&');
    }
    return value ? url_decode(arena, value, value_len, true) : NULL;
}

/* Look through one Cookie field; false: the name is there a second time. */
static bool cookie_find(const char *text, const char *name, const char **value, size_t *value_len)
{
    size_t name_len = strlen(name);
    while (*text) {
        text += strspn(text, " \t");
        size_t pair = strcspn(text, ";");
        if (pair > name_len && memcmp(text, name, name_len) == 0 && text[name_len] == '=') {
            if (*value)
                return false;
            *value = text + name_len + 1;
            *value_len = pair - name_len - 1;
        }
        text += pair + (text[pair] == ';');
    }
    return true;
}

const char *url_cookie(struct arena *arena, const struct http_head *head, const char *name)
{
    const char *value = NULL;
    size_t len = 0;
    for (size_t i = 0; i < head->count; i++)
        if (strcasecmp(head->fields[i].name, "Cookie") == 0 &&
            !cookie_find(head->fields[i].value, name, &value, &len))
            return NULL;
    while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
        len--;
    return value ? arena_strndup(arena, value, len) : NULL;
}
