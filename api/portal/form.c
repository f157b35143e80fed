#include "form.h"

#include "../../lib/utf8.h"
#include "../server/write.h"
#include "property.h"
#include "text.h"

#include <stdio.h>
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

static const char *number_fault(const struct portal_field *field, const char *text)
{
    double number;
    if (!property_read_number(text, &number))
        return "number";
    if (field->least && number < json_number_value(field->least))
        return "too_small";
    return field->most && number > json_number_value(field->most) ? "too_great" : NULL;
}

/* Each option once. */
static const char *options_fault(const struct form_value *value)
{
    for (size_t i = 0; i < value->chosen_count; i++) {
        if (!is_option(value->field, value->chosen[i]))
            return "option";
        for (size_t j = 0; j < i; j++)
            if (strcmp(value->chosen[i], value->chosen[j]) == 0)
                return "option";
    }
    return NULL;
}

/* What is wrong with an answer that is there. */
static const char *answer_fault(const struct form_value *value)
{
    const struct portal_field *field = value->field;
    const char *text = value->text ? value->text : "";
    long day;
    switch (field->type) {
    case PORTAL_FIELD_SELECT:
        return is_option(field, text) ? NULL : "option";
    case PORTAL_FIELD_MULTI_SELECT:
        return options_fault(value);
    case PORTAL_FIELD_NUMBER:
        return number_fault(field, text);
    case PORTAL_FIELD_DATE:
        return filter_day(text, &day) ? NULL : "date";
    case PORTAL_FIELD_CHECKBOX:
        return strcmp(text, "true") == 0 ? NULL : "option";
    default:
        return utf8_count(text, strlen(text)) > (size_t)field->max ? "too_long" : NULL;
    }
}

/* The code of what is wrong; NULL: nothing. */
static const char *fault(const struct form_value *value)
{
    bool answered = value->text || value->chosen_count > 0 || value->file_count > 0;
    if (!answered)
        return value->field->required ? "required" : NULL;
    return value->field->type == PORTAL_FIELD_FILES ? NULL : answer_fault(value);
}

static bool holds(const struct portal_condition *condition, const struct form_value *cause)
{
    if (cause->field->type == PORTAL_FIELD_MULTI_SELECT)
        return portal_condition_holds(condition, cause->chosen, cause->chosen_count);
    return portal_condition_holds(condition, &cause->text, cause->text ? 1 : 0);
}

/* A cause comes earlier, and is settled by then. */
static bool is_hidden(const struct form_value *values, size_t at)
{
    const struct portal_condition *condition = values[at].field->show_when;
    for (size_t i = 0; condition && i < at; i++)
        if (strcmp(values[i].field->id, condition->field) == 0)
            return values[i].hidden || !holds(condition, &values[i]);
    return false;
}

static void hide(struct form_value *value)
{
    value->hidden = true;
    value->text = NULL;
    value->chosen_count = 0;
    value->file_count = 0;
    value->sent = false;
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

/* A whole number is written as one: 3, not 3.0. */
static void add_number(struct buf *out, const char *id, const char *text)
{
    char number[40];
    double value = 0;
    property_read_number(text, &value);
    snprintf(number, sizeof number, "%.15g", value);
    write_json(out, id, number);
}

static void add_options(struct buf *out, const struct form_value *value)
{
    write_begin(out, value->field->id, '[');
    for (size_t i = 0; i < value->chosen_count; i++)
        write_text(out, NULL, value->chosen[i]);
    write_end(out, ']');
}

static void add_answer(struct buf *out, const struct form_value *value)
{
    const char *id = value->field->id;
    switch (value->field->type) {
    case PORTAL_FIELD_NUMBER:
        add_number(out, id, value->text);
        break;
    case PORTAL_FIELD_MULTI_SELECT:
        add_options(out, value);
        break;
    case PORTAL_FIELD_CHECKBOX:
        write_bool(out, id, true);
        break;
    default:
        write_text(out, id, value->text);
    }
}

static void add_property(struct buf *out, const struct form_value *value, bool clears)
{
    const struct portal_property *property = value->field->property;
    bool box = property->type == PROPERTY_CHECKBOX;
    if (value->text || value->chosen_count > 0)
        add_answer(out, value);
    else if (box && (property->of == PORTAL_TICKET || (clears && value->sent)))
        write_bool(out, property->id, false);
    else if (clears && value->sent)
        write_text(out, property->id, NULL);
}

const char *form_properties(const struct form_value *values, size_t count, enum portal_object of, bool clears,
                            struct arena *arena, bool *failed)
{
    struct buf out;
    buf_init(&out, 1024 * 1024);
    write_begin(&out, NULL, '{');
    for (size_t i = 0; i < count; i++) {
        const struct portal_property *property = values[i].field->property;
        if (property && property->of == of && !values[i].hidden)
            add_property(&out, &values[i], clears && of == PORTAL_CONTACT);
    }
    write_end(&out, '}');
    const char *text = out.len > 2 ? arena_strndup(arena, out.data, out.len) : NULL;
    *failed = *failed || !buf_ok(&out) || (out.len > 2 && !text);
    buf_release(&out);
    return text;
}
