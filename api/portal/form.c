#include "form.h"

#include "../../lib/utf8.h"
#include "text.h"

#include <string.h>

static bool is_option(const struct portal_field *field, const char *text)
{
    for (size_t i = 0; i < field->option_count; i++)
        if (strcmp(field->options[i], text) == 0)
            return true;
    return false;
}

static bool clean(struct form_value *value, struct arena *arena)
{
    if (!value->text)
        return true;
    char *text = value->field->type == PORTAL_FIELD_TEXTAREA ? text_lines(arena, value->text)
                                                             : text_line(arena, value->text);
    value->text = text && *text ? text : NULL;
    return text != NULL;
}

/* The code of what is wrong; NULL: nothing. */
static const char *fault(const struct form_value *value)
{
    const struct portal_field *field = value->field;
    if (field->type == PORTAL_FIELD_FILES)
        return field->required && value->file_count == 0 ? "required" : NULL;
    if (!value->text)
        return field->required ? "required" : NULL;
    if (field->type == PORTAL_FIELD_SELECT)
        return is_option(field, value->text) ? NULL : "option";
    return utf8_count(value->text, strlen(value->text)) > (size_t)field->max ? "too_long" : NULL;
}

/* A cause comes earlier, and is settled by then. */
static bool is_hidden(const struct form_value *values, size_t at)
{
    const struct portal_condition *condition = values[at].field->show_when;
    for (size_t i = 0; condition && i < at; i++)
        if (strcmp(values[i].field->id, condition->field) == 0)
            return values[i].hidden || !portal_condition_holds(condition, values[i].text);
    return false;
}

static void hide(struct form_value *value)
{
    value->hidden = true;
    value->text = NULL;
    value->file_count = 0;
}

bool form_check(struct form_value *values, size_t count, struct arena *arena, struct field_error *errors,
                size_t *error_count)
{
    for (size_t i = 0; i < count; i++) {
        if (!clean(&values[i], arena))
            return false;
        if (is_hidden(values, i)) {
            hide(&values[i]);
            continue;
        }
        const char *code = fault(&values[i]);
        if (code && *error_count < FIELD_ERRORS_MAX)
            errors[(*error_count)++] = (struct field_error){values[i].field->id, code};
    }
    return true;
}

const char *form_text(const struct form_value *values, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].field->id, id) == 0)
            return values[i].text;
    return NULL;
}
