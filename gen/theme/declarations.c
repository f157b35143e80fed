#include "declarations.h"

#include "fonts.h"

#include "../../lib/locale.h"

#include <stdlib.h>
#include <string.h>

static const struct setting *rows_of(const char *type)
{
    for (size_t i = 0; type && theme_types[i].name; i++) {
        if (strcmp(theme_types[i].name, type) == 0)
            return theme_types[i].rows;
    }
    return theme_unknown_rows;
}

const char *theme_type_of(const json_t *declared)
{
    return json_string_value(json_object_get(declared, "type"));
}

/* Of a type that is not known nobody can say what belongs to it. */
static void drop_values(json_t *declared)
{
    static const char *const values[] = {"default",   "light",     "dark",       "min",  "max",    "step",
                                         "max_bytes", "max_width", "max_height", "unit", "choices"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        json_object_del(declared, values[i]);
}

static size_t count_rows(const struct setting *rows)
{
    size_t count = 0;
    while (rows[count].key)
        count++;
    return count;
}

/* Of a setting that the parent has declared nothing has to be said again. */
static const struct setting *optional_rows(struct arena *arena, const struct setting *rows)
{
    size_t count = count_rows(rows);
    struct setting *copy = arena_alloc(arena, (count + 1) * sizeof *copy);
    memcpy(copy, rows, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i].required = false;
    return copy;
}

/* Of a child one without a type is told apart: it means to change what its parent has (manifest.c). */
static const struct setting *declaration_rows(struct arena *arena, json_t *declared, const json_t *known,
                                              bool child)
{
    const char *type = theme_type_of(declared);
    if (known && !type)
        return optional_rows(arena, rows_of(theme_type_of(known)));
    const struct setting *rows = rows_of(type);
    if (rows == theme_unknown_rows)
        drop_values(declared);
    return known || (child && !type) ? optional_rows(arena, rows) : rows;
}

const struct setting *theme_manifest_table(struct arena *arena, json_t *manifest, const json_t *known)
{
    json_t *settings = json_object_get(manifest, "settings");
    struct setting *fields = arena_alloc(arena, (json_object_size(settings) + 1) * sizeof *fields);
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        fields[count++] =
            (struct setting){.key = key,
                             .type = SETTING_GROUP,
                             .required = true,
                             .fields = declaration_rows(arena, declared, json_object_get(known, key),
                                                        json_object_size(known) > 0)};
    }
    size_t known_rows = count_rows(theme_manifest_rows);
    struct setting *rows = arena_alloc(arena, (known_rows + 2) * sizeof *rows);
    memcpy(rows, theme_manifest_rows, known_rows * sizeof *rows);
    rows[known_rows] = (struct setting){.key = "settings", .type = SETTING_GROUP, .fields = fields};
    return rows;
}

static const struct setting scheme_rows[] = {
    {.key = "light", .type = SETTING_COLOR, .label = "Colour on light ground"},
    {.key = "dark", .type = SETTING_COLOR, .label = "Colour on dark ground"},
    {0},
};

static const char *const *choice_values(struct arena *arena, const json_t *declared)
{
    const json_t *choices = json_object_get(declared, "choices");
    const char **values = arena_alloc(arena, (json_array_size(choices) + 1) * sizeof *values);
    for (size_t i = 0; i < json_array_size(choices); i++)
        values[i] = json_string_value(json_object_get(json_array_get(choices, i), "value"));
    return values;
}

static double number_of(const json_t *declared, const char *key)
{
    return json_number_value(json_object_get(declared, key));
}

/* A length's limits have the unit of the greater one. */
static void limit_length(struct setting *row, const json_t *declared)
{
    const char *least = json_string_value(json_object_get(declared, "min"));
    const char *most = json_string_value(json_object_get(declared, "max"));
    if (!most)
        return;
    row->unit = most + strspn(most, "0123456789.");
    row->least = least ? strtod(least, NULL) : 0;
    row->most = strtod(most, NULL);
}

static void fill_row(struct setting *row, struct arena *arena, const json_t *declared, const json_t *given)
{
    switch (row->type) {
    case SETTING_COLOR:
        row->type = json_is_object(given) ? SETTING_GROUP : SETTING_COLOR;
        row->fields = scheme_rows;
        break;
    case SETTING_LENGTH:
        limit_length(row, declared);
        break;
    case SETTING_NUMBER:
        row->least = number_of(declared, "min");
        row->most = number_of(declared, "max");
        row->step = number_of(declared, "step");
        break;
    case SETTING_CHOICE:
        row->choices = choice_values(arena, declared);
        break;
    case SETTING_LOCAL:
        row->max = json_object_get(declared, "max") ? (long)number_of(declared, "max") : 500;
        row->partial = true; /* no text in a language is none, as before */
        break;
    default:
        break;
    }
}

struct setting theme_value_row(struct arena *arena, const char *key, const json_t *declared,
                               const json_t *given)
{
    static const enum setting_type types[] = {SETTING_COLOR, SETTING_LENGTH, SETTING_NUMBER,
                                              SETTING_BOOL,  SETTING_CHOICE, SETTING_LOCAL,
                                              SETTING_URL,   SETTING_FILE,   SETTING_FILE};
    const char *type = theme_type_of(declared);
    size_t i = 0;
    while (strcmp(theme_types[i].name, type) != 0)
        i++;
    bool font = strcmp(type, "font") == 0;
    struct setting row = {
        .key = key,
        .type = types[i],
        .choices = font ? theme_font_names : NULL,
        .endings = font ? theme_font_endings : theme_image_endings,
        .label = locale_pick(json_object_get(declared, "label"), THEME_REFERENCE, "*"),
        .help = locale_pick(json_object_get(declared, "help"), THEME_REFERENCE, "*"),
    };
    fill_row(&row, arena, declared, given);
    return row;
}
