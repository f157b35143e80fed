#include "theme_settings.h"

#include <string.h>

#define LABELS                                                                                               \
    {.key = "label", .type = SETTING_LOCAL, .required = true, .min = 1, .max = 120, .label = "Label"},       \
    {                                                                                                        \
        .key = "help", .type = SETTING_LOCAL, .min = 1, .max = 300, .label = "Help"                          \
    }

static const char *const type_names[] = {"color", "length", "text", "boolean", NULL};

#define TYPE                                                                                                 \
    {                                                                                                        \
        .key = "type", .type = SETTING_CHOICE, .required = true, .choices = type_names, .label = "Type"      \
    }

static const struct setting color_declaration[] = {
    TYPE,
    LABELS,
    {.key = "light", .type = SETTING_COLOR, .required = true, .label = "Colour on light ground"},
    {.key = "dark", .type = SETTING_COLOR, .required = true, .label = "Colour on dark ground"},
    {0},
};
static const struct setting length_declaration[] = {
    TYPE,
    LABELS,
    {.key = "default", .type = SETTING_LENGTH, .required = true, .label = "Default"},
    {0},
};
static const struct setting text_declaration[] = {
    TYPE,
    LABELS,
    {.key = "default", .type = SETTING_LOCAL, .max = 500, .label = "Default"},
    {0},
};
static const struct setting boolean_declaration[] = {
    TYPE,
    LABELS,
    {.key = "default", .type = SETTING_BOOL, .required = true, .label = "Default"},
    {0},
};
/* What a declaration without a known type is held against: its type is the error to speak of. */
static const struct setting unknown_declaration[] = {
    TYPE,
    LABELS,
    {0},
};

static const struct setting *declaration_of(const json_t *declared)
{
    static const struct setting *const declarations[] = {color_declaration, length_declaration,
                                                         text_declaration, boolean_declaration};
    const char *type = json_string_value(json_object_get(declared, "type"));
    for (size_t i = 0; type && type_names[i]; i++) {
        if (strcmp(type_names[i], type) == 0)
            return declarations[i];
    }
    return unknown_declaration;
}

/* Of a type that is not known nobody can say what belongs to it. */
static void drop_values(json_t *declared)
{
    json_object_del(declared, "default");
    json_object_del(declared, "light");
    json_object_del(declared, "dark");
}

static const struct setting *declarations_table(struct arena *arena, json_t *settings)
{
    struct setting *rows = arena_alloc(arena, (json_object_size(settings) + 1) * sizeof *rows);
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        const struct setting *fields = declaration_of(declared);
        if (fields == unknown_declaration)
            drop_values(declared);
        rows[count++] =
            (struct setting){.key = key, .type = SETTING_GROUP, .required = true, .fields = fields};
    }
    return rows;
}

const struct setting *theme_manifest_table(struct arena *arena, json_t *manifest)
{
    struct setting *rows = arena_alloc(arena, 6 * sizeof *rows);
    rows[0] = (struct setting){.key = "name", .type = SETTING_ID, .required = true, .label = "Name"};
    rows[1] = (struct setting){.key = "version", .type = SETTING_TEXT, .required = true, .min = 1, .max = 40};
    rows[2] = (struct setting){.key = "description", .type = SETTING_LOCAL, .min = 1, .max = 500};
    rows[3] = (struct setting){.key = "settings",
                               .type = SETTING_GROUP,
                               .fields = declarations_table(arena, json_object_get(manifest, "settings"))};
    rows[4] = (struct setting){.key = "parent", .type = SETTING_ID, .label = "The theme that it builds upon"};
    return rows;
}

static const struct setting scheme_fields[] = {
    {.key = "light", .type = SETTING_COLOR, .required = true, .label = "Colour on light ground"},
    {.key = "dark", .type = SETTING_COLOR, .required = true, .label = "Colour on dark ground"},
    {0},
};

static struct setting value_row(const char *key, const char *type, const json_t *given)
{
    struct setting row = {.key = key};
    if (strcmp(type, "color") == 0) {
        row.type = json_is_object(given) ? SETTING_GROUP : SETTING_COLOR;
        row.fields = json_is_object(given) ? scheme_fields : NULL;
    } else if (strcmp(type, "length") == 0) {
        row.type = SETTING_LENGTH;
    } else if (strcmp(type, "boolean") == 0) {
        row.type = SETTING_BOOL;
    } else {
        row.type = SETTING_LOCAL;
        row.max = 500;
    }
    return row;
}

const struct setting *theme_values_table(struct arena *arena, json_t *settings, const json_t *given)
{
    struct setting *rows = arena_alloc(arena, (json_object_size(settings) + 1) * sizeof *rows);
    size_t count = 0;
    const char *key;
    json_t *declared;
    json_object_foreach(settings, key, declared)
    {
        const char *type = json_string_value(json_object_get(declared, "type"));
        rows[count++] = value_row(key, type, json_object_get(given, key));
    }
    struct setting *table = arena_alloc(arena, 2 * sizeof *table);
    table[0] = (struct setting){.key = "theme_settings", .type = SETTING_GROUP, .fields = rows};
    return table;
}
