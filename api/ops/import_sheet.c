#include "import_sheet.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
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
    const struct sync_field *field = key ? sync_field(kind, key) : NULL;
    return field && field->required;
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

bool import_sheet_read(const struct import_mapping *mapping, struct arena *arena, const char *path,
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

json_t *import_sheet_record(const struct import_sheet *sheet, const struct csv_row *row)
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

const struct csv_cell *import_sheet_cell(const struct import_sheet *sheet, const struct csv_row *row,
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
