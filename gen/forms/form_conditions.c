/* "show_when": a field that is asked for only when an earlier one is answered so. */
#include "../check/hint.h"
#include "form_check.h"

#include <string.h>

/* The ways to put a condition, of which it takes one. */
static const char *const tests[] = {"is", "is_not", "known", NULL};

struct condition {
    const struct form *form;
    const struct site *site;
    struct diag *diag;
    size_t at; /* the field that depends */
    const char *id;
    json_t *value;
};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static struct place place_of(const struct condition *condition, const char *key)
{
    return settings_file_at(&condition->form->file, "/fields/%zu/show_when%s", condition->at, key);
}

json_t *form_find_field(const struct form *form, const char *id, size_t *at)
{
    json_t *fields = json_object_get(form->file.value, "fields");
    for (*at = 0; *at < json_array_size(fields); (*at)++) {
        json_t *field = json_array_get(fields, *at);
        if (strcmp(text_at(field, "id"), id) == 0)
            return field;
    }
    return NULL;
}

static void check_tests(const struct condition *condition)
{
    size_t count = 0;
    for (const char *const *test = tests; *test; test++)
        count += json_object_get(condition->value, *test) != NULL;
    if (count != 1)
        diag_error(condition->diag, place_of(condition, ""),
                   "\"show_when\": want \"is\", \"is_not\" or \"known\" beside \"field\", got %s",
                   count == 0 ? "none of them" : "more than one");
}

static const char *hint_near_option(const struct condition *condition, const char *value,
                                    const json_t *options)
{
    const char **values =
        arena_alloc(condition->site->arena, (json_array_size(options) + 1) * sizeof *values);
    for (size_t i = 0; i < json_array_size(options); i++)
        values[i] = text_at(json_array_get(options, i), "value");
    return hint_near(condition->site->arena, value, values);
}

static bool has_option(const json_t *options, const char *value)
{
    for (size_t i = 0; i < json_array_size(options); i++) {
        if (strcmp(text_at(json_array_get(options, i), "value"), value) == 0)
            return true;
    }
    return false;
}

static void check_values(const struct condition *condition, const char *test, const json_t *cause)
{
    const json_t *options = json_object_get(cause, "options");
    size_t i;
    json_t *value;
    json_array_foreach(json_object_get(condition->value, test), i, value)
    {
        const char *text = json_string_value(value);
        if (options && !has_option(options, text))
            diag_error(condition->diag,
                       settings_file_at(&condition->form->file, "/fields/%zu/show_when/%s/%zu", condition->at,
                                        test, i),
                       "\"%s\": \"%s\" is no option of \"%s\"%s", test, text, text_at(cause, "id"),
                       hint_near_option(condition, text, options));
    }
}

/* Does the field depend on `cause`, perhaps through others? */
static bool follows(const struct form *form, const json_t *field, const char *cause)
{
    for (size_t steps = 0; field && steps < 50; steps++) {
        size_t at;
        const char *next = text_at(json_object_get(field, "show_when"), "field");
        if (!next || strcmp(next, cause) == 0)
            return next != NULL;
        field = form_find_field(form, next, &at);
    }
    return false;
}

/* A field that appears far from its cause appears unseen. */
static void check_near(const struct condition *condition, size_t cause_at, const char *cause)
{
    const json_t *fields = json_object_get(condition->form->file.value, "fields");
    for (size_t i = cause_at + 1; i < condition->at; i++) {
        const json_t *between = json_array_get(fields, i);
        if (follows(condition->form, between, cause))
            continue;
        diag_warning(
            condition->diag, place_of(condition, ""),
            "\"%s\" appears when \"%s\" is answered, but \"%s\" stands between the two: who fills in "
            "the form may not see it; move it up",
            condition->id, cause, text_at(between, "id"));
        return;
    }
}

static bool is_choice(const json_t *field)
{
    static const char *const types[] = {"select", "multi_select", "checkbox"};
    const char *type = text_at(field, "type");
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i], type) == 0)
            return true;
    }
    return false;
}

/* A checkbox has no values to be one of. */
static void check_ticked(const struct condition *condition, const json_t *cause)
{
    if (strcmp(text_at(cause, "type"), "checkbox") == 0 && !json_object_get(condition->value, "known"))
        diag_error(condition->diag, place_of(condition, ""),
                   "\"show_when\": a checkbox is ticked or not; want \"known\": true or \"known\": false");
}

static void check_cause(const struct condition *condition)
{
    size_t at;
    const char *id = text_at(condition->value, "field");
    const json_t *cause = form_find_field(condition->form, id, &at);
    struct place place = place_of(condition, "/field");
    if (!cause) {
        diag_error(condition->diag, place, "\"show_when\": this form has no field \"%s\"", id);
    } else if (at >= condition->at) {
        diag_error(condition->diag, place,
                   at == condition->at ? "\"show_when\": \"%s\" cannot depend on itself"
                                       : "\"show_when\": \"%s\" comes later; move it before the field that "
                                         "depends on it",
                   id);
    } else if (!is_choice(cause)) {
        diag_error(condition->diag, place,
                   "\"show_when\": \"%s\" is no select; only a choice can be depended on", id);
    } else {
        check_ticked(condition, cause);
        check_values(condition, "is", cause);
        check_values(condition, "is_not", cause);
        check_near(condition, at, id);
    }
}

void form_check_conditions(const struct form *form, const struct site *site, struct diag *diag)
{
    json_t *fields = json_object_get(form->file.value, "fields");
    for (size_t i = 0; i < json_array_size(fields); i++) {
        json_t *field = json_array_get(fields, i);
        struct condition condition = {
            form, site, diag, i, text_at(field, "id"), json_object_get(field, "show_when")};
        if (!condition.value)
            continue;
        const struct form_field_kind *kind = form_field_kind(condition.id);
        if (kind && kind->needed)
            diag_error(diag, place_of(&condition, ""),
                       "\"show_when\": \"%s\" must always be asked for: without it there is no ticket",
                       condition.id);
        check_tests(&condition);
        check_cause(&condition);
    }
}
