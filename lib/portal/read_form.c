/* The support forms of the compiled portal. */
#include "../settings/format.h"
#include "read.h"

#include <string.h>

static void read_options(struct portal_reader *reader, struct portal_field *field, const json_t *item)
{
    json_t *list = reader_list(reader, item, "options", 0, &field->options, sizeof *field->options,
                               &field->option_count);
    for (size_t i = 0; i < field->option_count; i++) {
        field->options[i] = json_string_value(json_array_get(list, i));
        if (!field->options[i])
            reader_refuse(reader, item, "options", "want texts");
    }
    bool wanted = field->type == PORTAL_FIELD_SELECT || field->type == PORTAL_FIELD_MULTI_SELECT;
    if (wanted != (field->option_count > 0))
        reader_refuse(reader, item, "options", "want some on a select, and only there");
}

static bool is_choice(const struct portal_field *field)
{
    return field->type == PORTAL_FIELD_SELECT || field->type == PORTAL_FIELD_MULTI_SELECT ||
           field->type == PORTAL_FIELD_CHECKBOX;
}

/* The earlier choice that a condition is about. NULL: there is none. */
static const struct portal_field *find_cause(const struct portal_form *form, size_t before, const char *id)
{
    for (size_t i = 0; i < before; i++) {
        if (strcmp(form->fields[i].id, id) == 0 && is_choice(&form->fields[i]))
            return &form->fields[i];
    }
    return NULL;
}

static bool has_option(const struct portal_field *field, const char *value)
{
    for (size_t i = 0; i < field->option_count; i++) {
        if (strcmp(field->options[i], value) == 0)
            return true;
    }
    return false;
}

static void read_condition(struct portal_reader *reader, const struct portal_form *form, size_t at,
                           struct portal_condition *condition, const json_t *item)
{
    /* as enum portal_test */
    static const char *const names[] = {"is", "is_not", "known", "unknown", NULL};
    condition->field = reader_text(reader, item, "field");
    condition->test = (enum portal_test)reader_choice(reader, item, "test", names);
    const struct portal_field *cause = find_cause(form, at, condition->field);
    if (!cause)
        reader_refuse(reader, item, "field", "names no earlier choice");
    json_t *list = reader_list(reader, item, "values", condition->test <= PORTAL_IS_NOT, &condition->values,
                               sizeof *condition->values, &condition->value_count);
    for (size_t i = 0; i < condition->value_count; i++) {
        const char *value = json_string_value(json_array_get(list, i));
        if (!value || !cause || !has_option(cause, value))
            reader_refuse(reader, item, "values", "want options of the field");
        condition->values[i] = value ? value : "";
    }
}

static void read_show_when(struct portal_reader *reader, struct portal_form *form, size_t at,
                           const json_t *item)
{
    const json_t *given = json_object_get(item, "show_when");
    struct portal_condition *condition = arena_alloc(reader->arena, sizeof *condition);
    if (json_is_null(given))
        return;
    if (!json_is_object(given) || !condition) {
        reader_refuse(reader, item, "show_when", "want an object or null");
        return;
    }
    read_condition(reader, form, at, condition, given);
    form->fields[at].show_when = condition;
}

/* Whose property it is, if it is one; then it is described alike there. */
static void read_property(struct portal_reader *reader, const struct portal *portal,
                          struct portal_field *field, const json_t *item)
{
    static const char *const objects[] = {"ticket", "contact", NULL}; /* as enum portal_object */
    static const enum portal_field_type types[] = {PORTAL_FIELD_TEXT,         PORTAL_FIELD_NUMBER,
                                                   PORTAL_FIELD_DATE,         PORTAL_FIELD_SELECT,
                                                   PORTAL_FIELD_MULTI_SELECT, PORTAL_FIELD_CHECKBOX};
    if (json_is_null(json_object_get(item, "of"))) {
        if (field->type > PORTAL_FIELD_FILES)
            reader_refuse(reader, item, "of", "want a property for a field of this type");
        return;
    }
    enum portal_object of = (enum portal_object)reader_choice(reader, item, "of", objects);
    field->property = portal_property(portal, of, field->id);
    enum portal_field_type type = field->type == PORTAL_FIELD_TEXTAREA ? PORTAL_FIELD_TEXT : field->type;
    if (!field->property || !field->property->own || types[field->property->type] != type)
        reader_refuse(reader, item, "of", "names no own property of this type");
}

static const json_t *read_limit(struct portal_reader *reader, const json_t *item, const char *key)
{
    const json_t *limit = json_object_get(item, key);
    if (json_is_null(limit))
        return NULL;
    if (!json_is_number(limit))
        reader_refuse(reader, item, key, "want a number or null");
    return limit;
}

static void read_limits(struct portal_reader *reader, struct portal_field *field, const json_t *item)
{
    const json_t *least = read_limit(reader, item, "min"), *most = read_limit(reader, item, "max");
    if (field->type == PORTAL_FIELD_NUMBER) {
        field->least = least;
        field->most = most;
    } else if (least) {
        reader_refuse(reader, item, "min", "want null where the field is no number");
    } else if (most || !field->property || field->type <= PORTAL_FIELD_TEXTAREA) {
        field->max = reader_number(reader, item, "max", 0, 1000000);
    }
}

static void read_fields(struct portal_reader *reader, const struct portal *portal, struct portal_form *form,
                        const json_t *item)
{
    /* as enum portal_field_type */
    static const char *const types[] = {"text", "textarea",     "select",   "files", "number",
                                        "date", "multi_select", "checkbox", NULL};
    json_t *list =
        reader_list(reader, item, "fields", 1, &form->fields, sizeof *form->fields, &form->field_count);
    for (size_t i = 0; i < form->field_count; i++) {
        struct portal_field *field = &form->fields[i];
        const json_t *each = json_array_get(list, i);
        field->id = reader_text(reader, each, "id");
        field->type = (enum portal_field_type)reader_choice(reader, each, "type", types);
        field->label = reader_texts(reader, each, "label");
        field->required = reader_flag(reader, each, "required");
        read_property(reader, portal, field, each);
        read_limits(reader, field, each);
        read_options(reader, field, each);
        read_show_when(reader, form, i, each);
    }
}

static void check_form(struct portal_reader *reader, const struct portal *portal, size_t at,
                       const json_t *item)
{
    const struct portal_form *form = &portal->forms[at];
    const struct portal_pipeline *pipeline = portal_pipeline(portal, form->pipeline);
    if (!portal_inbox(portal, form->inbox))
        reader_refuse(reader, item, "inbox", "names no inbox");
    if (!pipeline)
        reader_refuse(reader, item, "pipeline", "names no pipeline");
    if (pipeline && !portal_stage(pipeline, form->stage))
        reader_refuse(reader, item, "stage", "names no stage of its pipeline");
    for (size_t i = 0; i < at; i++)
        if (strcmp(portal->forms[i].id, form->id) == 0)
            reader_refuse(reader, item, "id", "is there twice");
}

static void read_form(struct portal_reader *reader, struct portal *portal, size_t at, const json_t *item)
{
    struct portal_form *form = &portal->forms[at];
    form->id = reader_form(reader, item, "id", format_is_id, "want an id");
    form->inbox = reader_text(reader, item, "inbox");
    form->pipeline = reader_text(reader, item, "pipeline");
    form->stage = reader_text(reader, item, "stage");
    read_fields(reader, portal, form, item);
    if (!reader->failed)
        check_form(reader, portal, at, item);
}

void portal_read_forms(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list =
        reader_list(reader, root, "forms", 0, &portal->forms, sizeof *portal->forms, &portal->form_count);
    for (size_t i = 0; i < portal->form_count && !reader->failed; i++)
        read_form(reader, portal, i, json_array_get(list, i));
}

const struct portal_form *portal_form(const struct portal *portal, const char *id)
{
    for (size_t i = 0; i < portal->form_count; i++)
        if (!id || strcmp(portal->forms[i].id, id) == 0)
            return &portal->forms[i];
    return NULL;
}
