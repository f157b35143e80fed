#include "import_mapping.h"

#include "../../lib/settings.h"
#include "../sync/moment.h"
#include "csv_read.h"

#include <string.h>

#define FILE_CEILING (1024 * 1024)
enum { COLUMNS_MAX = CSV_COLUMNS_MAX };

static const struct setting value_fields[] = {
    {.key = "from", .type = SETTING_TEXT, .required = true, .min = 1, .max = 200},
    {.key = "to", .type = SETTING_TEXT, .required = true, .min = 0, .max = 200},
    {0},
};
static const struct setting value = {.type = SETTING_GROUP, .fields = value_fields};

static const struct setting column_fields[] = {
    {.key = "column", .type = SETTING_TEXT, .min = 1, .max = 200},
    {.key = "field", .type = SETTING_ID},
    {.key = "property", .type = SETTING_ID},
    {.key = "values", .type = SETTING_LIST, .fallback = "[]", .max = 1000, .fields = &value},
    {.key = "default", .type = SETTING_TEXT, .min = 1, .max = 200},
    {0},
};
static const struct setting column = {.type = SETTING_GROUP, .fields = column_fields};

static const struct setting file_fields[] = {
    {.key = "type", .type = SETTING_CHOICE, .required = true, .choices = sync_kind_names},
    {.key = "columns",
     .type = SETTING_LIST,
     .required = true,
     .min = 1,
     .max = COLUMNS_MAX,
     .fields = &column},
    {0},
};
static const struct setting file = {.type = SETTING_GROUP, .fields = file_fields};

static const struct setting mapping_fields[] = {
    {.key = "source", .type = SETTING_ID, .required = true},
    {.key = "zone", .type = SETTING_TEXT, .fallback = "\"Z\"", .min = 1, .max = 6},
    {.key = "files", .type = SETTING_LIST, .required = true, .min = 1, .max = 20, .fields = &file},
    {0},
};

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

struct check {
    const struct json_doc *doc;
    struct arena *arena;
    struct diag *diag;
};

static struct place where(const struct check *check, const char *at, const char *key)
{
    const char *pointer = arena_printf(check->arena, "%s%s%s", at, key ? "/" : "", key ? key : "");
    return json_doc_place(check->doc, pointer ? pointer : "", JSON_AT_VALUE);
}

static void check_field(const struct check *check, enum sync_kind kind, const char *at, const char *field)
{
    if (sync_field(kind, field) && strcmp(field, "messages") != 0 && strcmp(field, "properties") != 0)
        return;
    const char *near = diag_nearest(field, sync_field_names(kind));
    diag_error(check->diag, where(check, at, "field"), "\"%s\": not a field of a %s%s%s%s", field,
               sync_kind_names[kind], near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void check_column(const struct check *check, enum sync_kind kind, const char *at, const json_t *one)
{
    const char *field = text_of(one, "field"), *property = text_of(one, "property");
    if (!field == !property)
        diag_error(check->diag, where(check, at, NULL), "want \"field\" or \"property\"%s",
                   field ? ", got both" : ", to say what the column says");
    else if (field)
        check_field(check, kind, at, field);
    else if (kind != SYNC_CONTACT && kind != SYNC_TICKET)
        diag_error(check->diag, where(check, at, "property"), "only contacts and tickets have properties");
    if (!text_of(one, "column") && !text_of(one, "default"))
        diag_error(check->diag, where(check, at, NULL),
                   "want \"column\" or \"default\", to say where it comes from");
}

static const json_t *column_for(const json_t *columns, const char *field)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)columns, i, one)
    {
        const char *other = text_of(one, "field");
        if (other && strcmp(other, field) == 0)
            return one;
    }
    return NULL;
}

static void check_file(const struct check *check, const json_t *one, const char *at)
{
    enum sync_kind kind = sync_kind_of(one);
    const json_t *columns = json_object_get(one, "columns");
    size_t i;
    json_t *column_said;
    json_array_foreach((json_t *)columns, i, column_said)
    {
        const char *here = arena_printf(check->arena, "%s/columns/%zu", at, i),
                   *field = text_of(column_said, "field");
        check_column(check, kind, here ? here : at, column_said);
        if (field && column_for(columns, field) != column_said)
            diag_error(check->diag, where(check, here, "field"), "\"%s\": said twice", field);
    }
    for (const struct sync_field *field = sync_fields(kind); field->key; field++) {
        if (field->required && !column_for(columns, field->key))
            diag_error(check->diag, where(check, at, "columns"),
                       "no column says \"%s\", which every %s needs", field->key, sync_kind_names[kind]);
    }
}

static void check_all(const struct check *check, struct import_mapping *mapping)
{
    size_t i;
    json_t *one;
    const char *zone = text_of(mapping->root, "zone");
    mapping->source = text_of(mapping->root, "source");
    if (!moment_zone(zone, &mapping->zone))
        diag_error(check->diag, where(check, "", "zone"),
                   "\"zone\": want one such as \"+01:00\" or \"Z\", got \"%s\"", zone);
    json_array_foreach(json_object_get(mapping->root, "files"), i, one)
    {
        const char *at = arena_printf(check->arena, "/files/%zu", i);
        check_file(check, one, at ? at : "");
    }
}

bool import_mapping_load(struct import_mapping *mapping, const char *path, struct diag *diag)
{
    struct json_doc doc;
    size_t before = diag_errors(diag);
    *mapping = (struct import_mapping){0};
    if (!json_doc_load(&doc, path, FILE_CEILING, diag))
        return false;
    struct check check = {.doc = &doc, .arena = arena_new(0), .diag = diag};
    mapping->root = settings_check(mapping_fields, &doc, diag);
    if (mapping->root && check.arena)
        check_all(&check, mapping);
    arena_free(check.arena);
    json_doc_release(&doc);
    return mapping->root && diag_errors(diag) == before;
}

void import_mapping_release(struct import_mapping *mapping)
{
    json_decref(mapping->root);
    mapping->root = NULL;
}
