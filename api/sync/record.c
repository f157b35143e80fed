#include "record.h"

#include "../../lib/diag.h"
#include "../../lib/settings/format.h"
#include "../../lib/utf8.h"
#include "../portal/text.h"
#include "moment.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME_MAX_CHARACTERS = 200, BODY_MAX = 200000, FIELDS_MAX = 24, GOT_CHARACTERS = 60, LIST_MAX = 100 };

static const struct sync_field of_company[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"name", SYNC_LINE, true, 200, NULL},
    {"created_at", SYNC_TIME, false, 0, NULL},
    {0},
};

static const struct sync_field of_contact[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what they are called there"},
    {"email", SYNC_EMAIL, true, 254, "who has it here already is taken for the same person"},
    {"name", SYNC_LINE, false, 200, "first and last name in one"},
    {"first_name", SYNC_LINE, false, 100, NULL},
    {"last_name", SYNC_LINE, false, 100, NULL},
    {"company", SYNC_NAME, false, NAME_MAX_CHARACTERS, "the id of a company"},
    {"company_name", SYNC_LINE, false, 200, "a company by its name, made when there is none of that name"},
    {"locale", SYNC_NAME, false, 35, "the language of their mail"},
    {"manager", SYNC_TRUTH, false, 0, "of their company"},
    {"role", SYNC_NAME, false, 20, "\"contact\" or \"agent\""},
    {"created_at", SYNC_TIME, false, 0, NULL},
    {"properties", SYNC_OBJECT, false, 0, "of the portal's own"},
    {0},
};

static const struct sync_field of_ticket[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"subject", SYNC_LINE, true, 500, NULL},
    {"requester", SYNC_NAME, true, 254, "the id of a contact, or an e-mail address"},
    {"owner", SYNC_NAME, false, 254, "the id or the address of somebody of the team"},
    {"participants", SYNC_LIST, false, 0, "contacts who see it besides"},
    {"inbox", SYNC_NAME, false, 64, "of the portal's; the default inbox when it is not said"},
    {"pipeline", SYNC_NAME, false, 64, "of the portal's; the first one when it is not said"},
    {"stage", SYNC_LINE, false, 200, "its id, or what it is called"},
    {"status", SYNC_NAME, false, 20,
     "\"open\" or \"closed\", for the first stage that is so, when no stage is said"},
    {"category", SYNC_NAME, false, 64, NULL},
    {"priority", SYNC_NAME, false, 64, NULL},
    {"source", SYNC_NAME, false, 64, "\"email\"; \"import\" when it is not said"},
    {"created_at", SYNC_TIME, true, 0, NULL},
    {"closed_at", SYNC_TIME, false, 0, "of a closed one; when it was filed, if it is not said"},
    {"text", SYNC_TEXT, false, BODY_MAX, "its first message, of the requester"},
    {"messages", SYNC_OBJECT, false, 0, "a list of messages without \"ticket\""},
    {"properties", SYNC_OBJECT, false, 0, "of the portal's own"},
    {0},
};

static const struct sync_field of_message[] = {
    {"id", SYNC_NAME, true, NAME_MAX_CHARACTERS, "what it is called there"},
    {"ticket", SYNC_NAME, true, NAME_MAX_CHARACTERS, "the id of a ticket"},
    {"author", SYNC_NAME, true, 254, "the id of a contact, or an e-mail address"},
    {"text", SYNC_TEXT, true, BODY_MAX, NULL},
    {"internal", SYNC_TRUTH, false, 0, "only the team sees it"},
    {"channel", SYNC_NAME, false, 64, "\"email\": a conversation of its own"},
    {"created_at", SYNC_TIME, true, 0, NULL},
    {0},
};

const char *const sync_kind_names[SYNC_KINDS + 1] = {"company", "contact", "ticket", "message", NULL};

const struct sync_field *sync_fields(enum sync_kind kind)
{
    static const struct sync_field *const all[SYNC_KINDS] = {of_company, of_contact, of_ticket, of_message};
    return all[kind];
}

static const struct sync_field *find_field(enum sync_kind kind, const char *key)
{
    for (const struct sync_field *field = sync_fields(kind); field->key; field++) {
        if (strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}

enum sync_kind sync_kind_of(const json_t *record)
{
    const char *type = json_string_value(json_object_get(record, "type"));
    for (size_t i = 0; type && i < SYNC_KINDS; i++) {
        if (strcmp(type, sync_kind_names[i]) == 0)
            return (enum sync_kind)i;
    }
    return SYNC_KINDS;
}

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
    const struct sync_field *row = find_field(record->kind, field);
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

const char *const *sync_field_names(enum sync_kind kind)
{
    static _Thread_local const char *names[FIELDS_MAX];
    size_t count = 0;
    for (const struct sync_field *field = sync_fields(kind); field->key; field++)
        names[count++] = field->key;
    names[count] = NULL;
    return names;
}

static void check_known(struct record *record, const char *key)
{
    if (strcmp(key, "type") == 0 || find_field(record->kind, key))
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
