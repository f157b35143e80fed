#include "find.h"

#include "../buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Well-formed text, and so no check but for its end. */
struct cursor {
    const char *text;
    size_t len;
    size_t at;
};

static char peek(struct cursor *cursor)
{
    while (cursor->at < cursor->len && isspace((unsigned char)cursor->text[cursor->at]))
        cursor->at++;
    return cursor->at < cursor->len ? cursor->text[cursor->at] : '\0';
}

static void skip_string(struct cursor *cursor)
{
    cursor->at++;
    while (cursor->at < cursor->len && cursor->text[cursor->at] != '"')
        cursor->at += cursor->text[cursor->at] == '\\' ? 2 : 1;
    cursor->at++;
}

static void skip_value(struct cursor *cursor)
{
    size_t depth = 0;
    do {
        char c = peek(cursor);
        if (cursor->at >= cursor->len)
            return;
        if (c == '"') {
            skip_string(cursor);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        else if (c != ',' && c != ':')
            cursor->at += strcspn(cursor->text + cursor->at, ",]} \t\r\n") - 1;
        cursor->at++;
    } while (depth > 0);
}

/* Step over the one character. */
static void skip(struct cursor *cursor, char c)
{
    if (peek(cursor) == c)
        cursor->at++;
}

/* The key's text with its escapes resolved, as jansson does it. NULL: no memory. */
static char *key_text(struct cursor *cursor)
{
    size_t start = cursor->at;
    skip_string(cursor);
    json_t *key = json_loadb(cursor->text + start, cursor->at - start, JSON_DECODE_ANY, NULL);
    char *text = key ? strdup(json_string_value(key)) : NULL;
    json_decref(key);
    return text;
}

static bool key_is(struct cursor *cursor, const char *wanted)
{
    struct cursor key = *cursor;
    skip_string(&key);
    const char *text = cursor->text + cursor->at + 1;
    size_t len = key.at - cursor->at - 2;
    if (!memchr(text, '\\', len)) {
        cursor->at = key.at;
        return strlen(wanted) == len && memcmp(text, wanted, len) == 0;
    }
    char *unescaped = key_text(cursor);
    bool same = unescaped && strcmp(unescaped, wanted) == 0;
    free(unescaped);
    return same;
}

/* From an object's '{' to its member's value; `key` is where that began. */
static bool enter_member(struct cursor *cursor, const char *name, size_t *key)
{
    skip(cursor, '{');
    while (peek(cursor) == '"') {
        *key = cursor->at;
        bool found = key_is(cursor, name);
        skip(cursor, ':');
        peek(cursor);
        if (found)
            return true;
        skip_value(cursor);
        skip(cursor, ',');
    }
    return false;
}

/* From an array's '[' to its item: "0", "12", not "012". */
static bool enter_item(struct cursor *cursor, const char *index)
{
    size_t len = strspn(index, "0123456789");
    if (len == 0 || len > 9 || index[len] != '\0' || (len > 1 && index[0] == '0'))
        return false;
    skip(cursor, '[');
    for (long left = strtol(index, NULL, 10);; left--) {
        char c = peek(cursor);
        if (c == ']' || c == '\0')
            return false;
        if (left == 0)
            return true;
        skip_value(cursor);
        skip(cursor, ',');
    }
}

/* One step of a pointer, unescaped (RFC 6901, section 4), into `step`. Returns what follows it. */
static const char *pointer_step(const char *pointer, struct buf *step)
{
    buf_reset(step);
    for (pointer++; *pointer && *pointer != '/'; pointer++) {
        if (pointer[0] == '~' && (pointer[1] == '0' || pointer[1] == '1'))
            buf_addc(step, *++pointer == '0' ? '~' : '/');
        else
            buf_addc(step, *pointer);
    }
    return pointer;
}

size_t json_find(const char *text, size_t len, const char *pointer, enum json_at at)
{
    struct cursor cursor = {text, len, 0};
    struct buf step;
    buf_init(&step, 64 * 1024);
    char c = peek(&cursor);
    size_t found = cursor.at;
    while (*pointer == '/') {
        pointer = pointer_step(pointer, &step);
        size_t key = 0;
        bool entered = c == '{'   ? enter_member(&cursor, step.data, &key)
                       : c == '[' ? enter_item(&cursor, step.data)
                                  : false;
        if (!entered)
            break;
        found = at == JSON_AT_KEY && *pointer == '\0' && c == '{' ? key : cursor.at;
        c = peek(&cursor);
    }
    buf_release(&step);
    return found;
}

static void report_duplicates(const struct json_doc *doc, struct cursor *cursor, struct diag *diag);

static void report_key(const struct json_doc *doc, size_t at, const char *key, json_t *seen,
                       struct diag *diag)
{
    const json_t *first = json_object_get(seen, key);
    if (first)
        diag_error(diag, json_place_at(doc, at), "the key \"%s\" stands in this object already, in line %u",
                   key, json_place_at(doc, (size_t)json_integer_value(first)).line);
    else
        json_object_set_new(seen, key, json_integer((json_int_t)at));
}

static void report_object(const struct json_doc *doc, struct cursor *cursor, struct diag *diag)
{
    json_t *seen = json_object();
    skip(cursor, '{');
    while (seen && peek(cursor) == '"') {
        size_t at = cursor->at;
        char *key = key_text(cursor);
        if (key)
            report_key(doc, at, key, seen, diag);
        free(key);
        skip(cursor, ':');
        report_duplicates(doc, cursor, diag);
        skip(cursor, ',');
    }
    skip(cursor, '}');
    json_decref(seen);
}

static void report_array(const struct json_doc *doc, struct cursor *cursor, struct diag *diag)
{
    skip(cursor, '[');
    while (peek(cursor) != ']' && cursor->at < cursor->len) {
        report_duplicates(doc, cursor, diag);
        skip(cursor, ',');
    }
    skip(cursor, ']');
}

static void report_duplicates(const struct json_doc *doc, struct cursor *cursor, struct diag *diag)
{
    char c = peek(cursor);
    if (c == '{')
        report_object(doc, cursor, diag);
    else if (c == '[')
        report_array(doc, cursor, diag);
    else
        skip_value(cursor);
}

bool json_find_duplicates(const struct json_doc *doc, struct diag *diag)
{
    size_t before = diag_errors(diag);
    struct cursor cursor = {doc->text, doc->len, 0};
    report_duplicates(doc, &cursor, diag);
    return diag_errors(diag) > before;
}

struct place json_place_at(const struct json_doc *doc, size_t at)
{
    return diag_place(doc->file, doc->text, doc->text + (at > doc->len ? doc->len : at));
}
