#include "record.h"

#include "../../lib/diag.h"
#include "../../lib/settings/format.h"
#include "../../lib/utf8.h"
#include "../portal/text.h"
#include "moment.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { GOT_CHARACTERS = 60, LIST_MAX = 100 };

/* --- what is wrong ---------------------------------------------------------------------------------------
 */

static void add_error(struct record *record, const char *field, const char *message, json_t *unknown)
{
    json_t *text = json_string(message);
    record->bad = true;
    json_array_append_new(record->errors,
                          json_pack("{s:I, s:s?, s:o, s:o*}", "record", (json_int_t)record->index, "field",
                                    field, "message", text ? text : json_string("cannot be told"), "unknown",
                                    unknown));
}

void record_error(struct record *record, const char *field, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    while (*text && !utf8_is_valid(text, strlen(text))) /* cut within a character */
        text[strlen(text) - 1] = '\0';
    add_error(record, field, text, NULL);
}

void record_unknown(struct record *record, const char *field, enum sync_kind kind, const char *id)
{
    const char *text =
        arena_printf(record->arena,
                     "\"%s\": no %s \"%s\" was brought along; bring it along before, or mend why it was "
                     "refused",
                     field, sync_kind_names[kind], id);
    add_error(record, field, text ? text : "", json_pack("[s, s]", sync_kind_names[kind], id));
}

/* What stands there, as far as it fits into a message. */
static const char *got(struct record *record, const json_t *value)
{
    const char *text = json_string_value(value);
    if (json_is_object(value) || json_is_array(value) || json_is_null(value) || !value)
        return json_is_object(value) ? "an object" : json_is_array(value) ? "a list" : "nothing";
    if (json_is_integer(value))
        return arena_printf(record->arena, "%lld", (long long)json_integer_value(value));
    if (!text)
        return json_is_true(value) ? "true" : json_is_false(value) ? "false" : "a number";
    size_t cut = utf8_prefix(text, strlen(text), GOT_CHARACTERS);
    return arena_printf(record->arena, "\"%.*s\"%s", (int)cut, text, text[cut] ? "..." : "");
}

static void want(struct record *record, const char *field, const char *what)
{
    const char *there = got(record, json_object_get(record->json, field));
    record_error(record, field, "\"%s\": want %s, got %s", field, what, there ? there : "something else");
}

/* --- what the members say --------------------------------------------------------------------------------
 */

static const char *plain(struct record *record, const json_t *value)
{
    if (json_is_integer(value))
        return arena_printf(record->arena, "%lld", (long long)json_integer_value(value));
    return json_string_value(value);
}

/* An empty cell says nothing. */
static bool is_nothing(const json_t *value)
{
    const char *text = json_string_value(value);
    return !value || json_is_null(value) || (text && !text[strspn(text, " \t\r\n")]);
}

const char *record_text(struct record *record, const char *field)
{
    const json_t *value = json_object_get(record->json, field);
    const char *text = is_nothing(value) ? NULL : plain(record, value);
    const struct sync_field *row = sync_field(record->kind, field);
    if (!text || !row)
        return NULL;
    return row->form == SYNC_TEXT ? text_lines(record->arena, text) : text_line(record->arena, text);
}

int64_t record_time(struct record *record, const char *field, int64_t fallback)
{
    int64_t at;
    const char *text = record_text(record, field);
    return text && moment_read(text, record->zone, &at) ? at : fallback;
}

int record_truth(struct record *record, const char *field, int fallback)
{
    static const char *const words[2][4] = {{"no", "false", "0", "n"}, {"yes", "true", "1", "y"}};
    const json_t *value = json_object_get(record->json, field);
    const char *text = json_string_value(value);
    if (json_is_boolean(value))
        return json_is_true(value);
    for (size_t i = 0; text && i < 8; i++) {
        if (strcasecmp(text, words[i / 4][i % 4]) == 0)
            return (int)(i / 4);
    }
    return fallback;
}

static const char **split(struct record *record, const char *text)
{
    const char **names = arena_alloc(record->arena, (LIST_MAX + 1) * sizeof *names);
    for (size_t count = 0; names && *text && count < LIST_MAX;) {
        size_t len = strcspn(text, ";");
        const char *name = text_line(record->arena, arena_strndup(record->arena, text, len));
        if (name && *name)
            names[count++] = name;
        text += len + (text[len] == ';');
    }
    return names;
}

const char **record_names(struct record *record, const char *field)
{
    const json_t *value = json_object_get(record->json, field);
    const char *text = plain(record, value);
    if (text)
        return split(record, text);
    const char **names = arena_alloc(record->arena, (LIST_MAX + 1) * sizeof *names);
    for (size_t i = 0, count = 0; names && i < json_array_size(value) && count < LIST_MAX; i++) {
        const char *name = plain(record, json_array_get(value, i));
        if (name && *name)
            names[count++] = name;
    }
    return names;
}

/* --- the shape -------------------------------------------------------------------------------------------
 */

static void check_text(struct record *record, const struct sync_field *field)
{
    const json_t *value = json_object_get(record->json, field->key);
    if (!json_is_string(value) && !(json_is_integer(value) && field->form == SYNC_NAME)) {
        want(record, field->key, field->form == SYNC_NAME ? "text or a whole number" : "text");
        return;
    }
    const char *text = record_text(record, field->key);
    size_t count = text ? utf8_count(text, strlen(text)) : 0;
    if (count > field->max)
        record_error(record, field->key, "\"%s\": want at most %zu characters, got %zu", field->key,
                     field->max, count);
    else if (field->form == SYNC_EMAIL && !(text && format_is_email(text)))
        want(record, field->key, "an e-mail address");
}

static void check_list(struct record *record, const char *key)
{
    const json_t *value = json_object_get(record->json, key);
    bool good = json_is_string(value) || json_is_integer(value) ||
                (json_is_array(value) && json_array_size(value) <= LIST_MAX);
    for (size_t i = 0; good && i < json_array_size(value); i++)
        good = plain(record, json_array_get(value, i)) != NULL;
    if (!good)
        want(record, key, "a list of at most 100 ids or addresses");
}

static void check_said(struct record *record, const struct sync_field *field)
{
    int64_t at;
    const json_t *value = json_object_get(record->json, field->key);
    const char *text = json_string_value(value);
    switch (field->form) {
    case SYNC_TIME:
        if (!text || !moment_read(text_line(record->arena, text), record->zone, &at))
            want(record, field->key, MOMENT_WANT);
        break;
    case SYNC_TRUTH:
        if (record_truth(record, field->key, -1) < 0)
            want(record, field->key, "yes or no");
        break;
    case SYNC_LIST:
        check_list(record, field->key);
        break;
    case SYNC_OBJECT:
        if (!json_is_object(value) && !(json_is_array(value) && strcmp(field->key, "messages") == 0))
            want(record, field->key, strcmp(field->key, "messages") == 0 ? "a list" : "an object");
        break;
    default:
        check_text(record, field);
    }
}

static void check_known(struct record *record, const char *key)
{
    if (strcmp(key, "type") == 0 || sync_field(record->kind, key))
        return;
    const char *near = diag_nearest(key, sync_field_names(record->kind));
    record_error(record, key, "unknown member \"%s\" of a %s%s%s%s", key, sync_kind_names[record->kind],
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

void record_check(struct record *record)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)record->json, key, value) check_known(record, key);
    for (const struct sync_field *field = sync_fields(record->kind); field->key; field++) {
        if (!is_nothing(json_object_get(record->json, field->key)))
            check_said(record, field);
        else if (field->required)
            record_error(record, field->key, "\"%s\" is missing; a %s needs it", field->key,
                         sync_kind_names[record->kind]);
    }
}
