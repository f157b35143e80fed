#include "import_mapping.h"

#include "../../lib/settings.h"
#include "../sync/moment.h"

#include <string.h>
#include <strings.h>

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

/* --- the check -------------------------------------------------------------------------------------------
 */

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
    const char *const *known = sync_field_names(kind);
    for (const char *const *name = known; *name; name++) {
        if (strcmp(*name, field) == 0 && strcmp(field, "messages") != 0 && strcmp(field, "properties") != 0)
            return;
    }
    const char *near = diag_nearest(field, known);
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

/* --- a file's first row ----------------------------------------------------------------------------------
 */

static size_t find_cell(const struct csv_row *head, const char *name)
{
    for (size_t i = 0; name && i < head->count; i++) {
        if (strcasecmp(head->cells[i].text, name) == 0)
            return i;
    }
    return SIZE_MAX;
}

static size_t count_named(const json_t *one, const struct csv_row *head)
{
    size_t i, named = 0;
    json_t *said;
    json_array_foreach(json_object_get(one, "columns"), i, said) named +=
        find_cell(head, text_of(said, "column")) != SIZE_MAX;
    return named;
}

static const json_t *find_sheet(const struct import_mapping *mapping, const struct csv_row *head)
{
    size_t i, most = 0;
    json_t *one, *best = NULL;
    json_array_foreach(json_object_get(mapping->root, "files"), i, one)
    {
        size_t named = count_named(one, head);
        best = named > most ? one : best;
        most = named > most ? named : most;
    }
    return best;
}

static bool is_required(enum sync_kind kind, const char *key)
{
    for (const struct sync_field *field = sync_fields(kind); key && field->key; field++) {
        if (strcmp(field->key, key) == 0)
            return field->required;
    }
    return false;
}

static void say_missing(const char *path, const struct csv_row *head, const struct import_column *said,
                        const char *name, struct diag *diag)
{
    const char *names[CSV_COLUMNS_MAX + 1] = {0};
    for (size_t i = 0; i < head->count; i++)
        names[i] = head->cells[i].text;
    const char *near = diag_nearest(name, names);
    diag_error(diag, (struct place){path, head->cells[0].line, head->cells[0].col},
               "no column \"%s\", from which \"%s\" comes%s%s%s; mend the mapping or the first row", name,
               said->field, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void read_column(struct import_sheet *sheet, const char *path, const struct csv_row *head,
                        const json_t *said, struct diag *diag)
{
    const char *name = text_of(said, "column");
    struct import_column *made = &sheet->columns[sheet->count++];
    *made = (struct import_column){.field = text_of(said, "field"),
                                   .property = text_of(said, "property"),
                                   .values = json_object_get(said, "values"),
                                   .fallback = text_of(said, "default"),
                                   .cell = find_cell(head, name)};
    if (name && made->cell == SIZE_MAX && !made->fallback && is_required(sheet->kind, made->field))
        say_missing(path, head, made, name, diag);
}

bool import_mapping_sheet(const struct import_mapping *mapping, struct arena *arena, const char *path,
                          const struct csv_row *head, struct import_sheet *sheet, struct diag *diag)
{
    size_t i, before = diag_errors(diag);
    json_t *said;
    const json_t *one = find_sheet(mapping, head);
    if (!one) {
        diag_error(
            diag, (struct place){path, 1, 1},
            "the mapping names none of its columns; is it the right mapping, and does the first row name the "
            "columns?");
        return false;
    }
    const json_t *columns = json_object_get(one, "columns");
    *sheet = (struct import_sheet){.kind = sync_kind_of(one)};
    sheet->columns = arena_alloc(arena, json_array_size(columns) * sizeof *sheet->columns);
    json_array_foreach((json_t *)columns, i, said)
    {
        if (sheet->columns)
            read_column(sheet, path, head, said, diag);
    }
    return sheet->columns && diag_errors(diag) == before;
}

/* --- the other rows --------------------------------------------------------------------------------------
 */

static const char *meant(const struct import_column *from, const char *text)
{
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)from->values, i, one)
    {
        if (strcasecmp(text_of(one, "from"), text) == 0)
            return text_of(one, "to");
    }
    return text;
}

json_t *import_mapping_record(const struct import_sheet *sheet, const struct csv_row *row)
{
    json_t *record = json_object(), *properties = json_object();
    json_object_set_new(record, "type", json_string(sync_kind_names[sheet->kind]));
    for (size_t i = 0; i < sheet->count; i++) {
        const struct import_column *from = &sheet->columns[i];
        const char *text = from->cell < row->count ? meant(from, row->cells[from->cell].text) : "";
        if (!*text && from->fallback)
            text = from->fallback;
        if (*text)
            json_object_set_new(from->field ? record : properties, from->field ? from->field : from->property,
                                json_string(text));
    }
    if (json_object_size(properties) > 0)
        json_object_set(record, "properties", properties);
    json_decref(properties);
    return record;
}

const struct csv_cell *import_mapping_cell(const struct import_sheet *sheet, const struct csv_row *row,
                                           const char *field)
{
    const char *property = strncmp(field, "properties/", 11) == 0 ? field + 11 : NULL;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct import_column *one = &sheet->columns[i];
        const char *mine = property ? one->property : one->field;
        if (mine && strcmp(mine, property ? property : field) == 0 && one->cell < row->count)
            return &row->cells[one->cell];
    }
    return &row->cells[0];
}
