#include "settings.h"

#include "locale.h"
#include "settings/format.h"
#include "settings/value.h"
#include "settings/walk.h"

#include <string.h>

/*
 * Each check_* says what is wrong and returns the completed value as a new reference: null in place of what
 * it refused, NULL when there is none. Whether the whole is good is known by the errors that were said, so
 * that every check goes on after one.
 */
static json_t *check_value(struct walk *walk, const struct setting *row, json_t *value);
static json_t *check_fields(struct walk *walk, const struct setting *rows, json_t *object);

static void out_of_memory(const struct walk *walk)
{
    diag_error(walk->diag, (struct place){NULL, 0, 0}, "out of memory");
}

/* A value that jansson made, unless it could not. */
static json_t *made(const struct walk *walk, json_t *value)
{
    if (!value)
        out_of_memory(walk);
    return value;
}

static void put(const struct walk *walk, json_t *object, const char *key, json_t *value)
{
    if (value && json_object_set_new(object, key, value) != 0)
        out_of_memory(walk);
}

static json_t *refuse(const struct walk *walk, const struct setting *row, const json_t *value)
{
    walk_refuse(walk, row, value);
    return json_null();
}

static bool size_fits(const struct setting *row, size_t size)
{
    size_t least, most;
    settings_limits(row, &least, &most);
    return size >= least && size <= most;
}

/* Text for all languages becomes that of the language "*". */
static json_t *check_local(struct walk *walk, const struct setting *row, json_t *value)
{
    if (settings_text_fits(row, value))
        return made(walk, json_pack("{sO}", "*", value));
    if (!json_is_object(value) || json_object_size(value) == 0)
        return refuse(walk, row, value);
    const struct setting text = {.type = SETTING_TEXT, .min = row->min, .max = row->max};
    size_t before = diag_errors(walk->diag);
    const char *tag;
    json_t *each;
    json_object_foreach(value, tag, each)
    {
        struct walk_mark mark = walk_enter_key(walk, tag);
        if (!locale_is_tag(tag))
            walk_refuse_key(walk, SETTING_LOCALE, tag);
        else if (!settings_text_fits(&text, each))
            walk_refuse(walk, &text, each);
        walk_leave(walk, mark);
    }
    return diag_errors(walk->diag) > before ? json_null() : json_incref(value);
}

static json_t *check_list(struct walk *walk, const struct setting *row, json_t *value)
{
    if (!json_is_array(value) || !size_fits(row, json_array_size(value)))
        return refuse(walk, row, value);
    json_t *list = made(walk, json_array());
    size_t index;
    json_t *each;
    json_array_foreach(value, index, each)
    {
        struct walk_mark mark = walk_enter_item(walk, index);
        json_t *item = check_value(walk, row->fields, each);
        if (item && json_array_append_new(list, item) != 0)
            out_of_memory(walk);
        walk_leave(walk, mark);
    }
    return list;
}

static json_t *check_map(struct walk *walk, const struct setting *row, json_t *value)
{
    if (!json_is_object(value) || !size_fits(row, json_object_size(value)))
        return refuse(walk, row, value);
    json_t *map = made(walk, json_object());
    const char *key;
    json_t *each;
    json_object_foreach(value, key, each)
    {
        struct walk_mark mark = walk_enter_key(walk, key);
        if (!format_is_id(key))
            walk_refuse_key(walk, SETTING_ID, key);
        put(walk, map, key, check_value(walk, row->fields, each));
        walk_leave(walk, mark);
    }
    return map;
}

static json_t *check_value(struct walk *walk, const struct setting *row, json_t *value)
{
    switch (row->type) {
    case SETTING_LOCAL:
        return check_local(walk, row, value);
    case SETTING_LIST:
        return check_list(walk, row, value);
    case SETTING_MAP:
        return check_map(walk, row, value);
    case SETTING_GROUP:
        return json_is_object(value) ? check_fields(walk, row->fields, value) : refuse(walk, row, value);
    default:
        return settings_value_fits(row, value) ? json_incref(value) : refuse(walk, row, value);
    }
}

/* Can the rows be filled from their defaults alone? */
static bool has_required(const struct setting *rows)
{
    for (; rows->key; rows++) {
        if (rows->required)
            return true;
    }
    return false;
}

/* A default is checked like what stands in a file: a wrong one is found by the first test that meets it. */
static json_t *check_fallback(struct walk *walk, const struct setting *row)
{
    json_t *value = json_loads(row->fallback, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    json_t *completed = NULL;
    if (value)
        completed = check_value(walk, row, value);
    else
        diag_error(walk->diag, (struct place){NULL, 0, 0}, "\"%s\": the default is not JSON",
                   walk->path.data);
    json_decref(value);
    return completed;
}

static json_t *check_absent(struct walk *walk, const struct setting *row)
{
    const struct json_doc *doc = walk->doc;
    json_t *completed = NULL;
    walk->doc = NULL;
    if (row->fallback)
        completed = check_fallback(walk, row);
    else if (row->type == SETTING_GROUP && !has_required(row->fields))
        completed = check_fields(walk, row->fields, NULL);
    walk->doc = doc;
    return completed;
}

static json_t *check_field(struct walk *walk, const struct setting *row, json_t *value)
{
    if (row->required && !value) {
        walk_missing(walk, row);
        return json_null();
    }
    struct walk_mark mark = walk_enter_key(walk, row->key);
    bool absent = !value || (json_is_null(value) && !row->required);
    json_t *completed = absent ? check_absent(walk, row) : check_value(walk, row, value);
    walk_leave(walk, mark);
    return completed;
}

static bool is_known(const struct setting *rows, const char *key)
{
    for (; rows->key; rows++) {
        if (strcmp(rows->key, key) == 0)
            return true;
    }
    return false;
}

static bool is_odd_key(const struct walk *walk, const struct setting *rows, const char *key)
{
    return !is_known(rows, key) && (walk->path.len > 0 || strcmp(key, "$schema") != 0);
}

/* An absent key that another one was probably meant to be is not missed a second time. */
static bool is_misspelt(const struct walk *walk, const struct setting *rows, const struct setting *row,
                        json_t *object)
{
    const char *key;
    json_t *each;
    json_object_foreach(object, key, each)
    {
        const char *meant = is_odd_key(walk, rows, key) ? walk_meant(rows, key) : NULL;
        if (meant && strcmp(meant, row->key) == 0)
            return true;
    }
    return false;
}

static bool complain_odd_keys(struct walk *walk, const struct setting *rows, json_t *object)
{
    bool odd = false;
    const char *key;
    json_t *each;
    json_object_foreach(object, key, each)
    {
        if (!is_odd_key(walk, rows, key))
            continue;
        struct walk_mark mark = walk_enter_key(walk, key);
        walk_unknown(walk, rows, key);
        walk_leave(walk, mark);
        odd = true;
    }
    return odd;
}

/* `object` may be NULL: an empty one. */
static json_t *check_fields(struct walk *walk, const struct setting *rows, json_t *object)
{
    bool odd = complain_odd_keys(walk, rows, object);
    json_t *completed = made(walk, json_object());
    for (const struct setting *row = rows; row->key; row++) {
        json_t *value = json_object_get(object, row->key);
        bool misspelt = odd && !value && is_misspelt(walk, rows, row, object);
        put(walk, completed, row->key, misspelt ? json_null() : check_field(walk, row, value));
    }
    return completed;
}

static json_t *check_document(const struct setting *table, const struct json_doc *doc, json_t *root,
                              struct diag *diag)
{
    const struct setting whole = {.type = SETTING_GROUP, .fields = table};
    struct walk walk;
    walk_init(&walk, doc, diag);
    json_t *completed = check_value(&walk, &whole, root);
    walk_release(&walk);
    return completed;
}

json_t *settings_draft(const struct setting *table, const struct json_doc *doc, struct diag *diag)
{
    json_t *draft = check_document(table, doc, doc->root, diag);
    if (json_is_object(draft))
        return draft;
    json_decref(draft);
    return NULL;
}

json_t *settings_check(const struct setting *table, const struct json_doc *doc, struct diag *diag)
{
    size_t before = diag_errors(diag);
    json_t *completed = settings_draft(table, doc, diag);
    if (diag_errors(diag) == before)
        return completed;
    json_decref(completed);
    return NULL;
}

json_t *settings_defaults(const struct setting *table)
{
    json_t *empty = json_object();
    struct diag *diag = diag_new();
    json_t *defaults = diag && empty ? check_document(table, NULL, empty, diag) : NULL;
    if (diag && diag_errors(diag) > 0) {
        json_decref(defaults);
        defaults = NULL;
    }
    json_decref(empty);
    diag_free(diag);
    return defaults;
}
