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

static const char *path_of(const struct condition *condition, const char *key)
{
    return arena_printf(condition->site->arena, "/fields/%zu/show_when%s", condition->at, key);
}

#define COMPLAIN(condition, key, ...)                                                                        \
    settings_file_error(&(condition)->form->file, (condition)->diag, path_of(condition, key), __VA_ARGS__)

json_t *form_find_field(const struct form *form, const char *id, size_t *at)
{
    json_t *fields = json_object_get(form->file.draft, "fields");
    for (*at = 0; *at < json_array_size(fields); (*at)++) {
        json_t *field = json_array_get(fields, *at);
        if (settings_same(text_at(field, "id"), id))
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
        COMPLAIN(condition, "", "want \"is\", \"is_not\" or \"known\" beside \"field\", got %s",
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

/* One that was refused may be any. */
static bool has_option(const json_t *options, const char *value)
{
    for (size_t i = 0; i < json_array_size(options); i++) {
        const char *option = text_at(json_array_get(options, i), "value");
        if (!option || strcmp(option, value) == 0)
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
        if (text && json_is_array(options) && !has_option(options, text))
            COMPLAIN(condition, arena_printf(condition->site->arena, "/%s/%zu", test, i),
                     "\"%s\" is no option of \"%s\"%s", text, text_at(cause, "id"),
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
    const json_t *fields = json_object_get(condition->form->file.draft, "fields");
    for (size_t i = cause_at + 1; i < condition->at; i++) {
        const json_t *between = json_array_get(fields, i);
        if (follows(condition->form, between, cause) || !text_at(between, "id"))
            continue;
        settings_file_warning(
            &condition->form->file, condition->diag, path_of(condition, ""),
            "\"%s\" appears when \"%s\" is answered, but \"%s\" stands between the two: who fills in "
            "the form may not see it; move it up",
            condition->id, cause, text_at(between, "id"));
        return;
    }
}

static const char *hint_near_field(const struct condition *condition, const char *id)
{
    const json_t *fields = json_object_get(condition->form->file.draft, "fields");
    struct arena *arena = condition->site->arena;
    const char **ids = arena_alloc(arena, (json_array_size(fields) + 1) * sizeof *ids);
    for (size_t i = 0; i < json_array_size(fields); i++)
        ids[i] = text_at(json_array_get(fields, i), "id");
    return hint_near(arena, id, ids);
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
        COMPLAIN(condition, "", "a checkbox is ticked or not; want \"known\": true or \"known\": false");
}

static void check_before(const struct condition *condition, const json_t *cause, size_t at)
{
    const char *id = text_at(condition->value, "field");
    if (at == condition->at) {
        COMPLAIN(condition, "/field", "\"%s\" cannot depend on itself", id);
    } else if (at > condition->at) {
        COMPLAIN(condition, "/field", "\"%s\" comes later; move it before the field that depends on it", id);
    } else if (text_at(cause, "type") && !is_choice(cause)) {
        COMPLAIN(
            condition, "/field",
            "\"%s\" is no \"select\", \"multi_select\" or \"checkbox\"; only a choice can be depended on",
            id);
    } else if (text_at(cause, "type")) {
        check_ticked(condition, cause);
        check_values(condition, "is", cause);
        check_values(condition, "is_not", cause);
        check_near(condition, at, id);
    }
}

static void check_cause(const struct condition *condition)
{
    size_t at;
    const char *id = text_at(condition->value, "field");
    const json_t *cause = id ? form_find_field(condition->form, id, &at) : NULL;
    if (cause)
        check_before(condition, cause, at);
    else if (id && form_knows_fields(condition->form))
        COMPLAIN(condition, "/field", "this form has no field \"%s\"%s", id, hint_near_field(condition, id));
}

void form_check_conditions(const struct form *form, const struct site *site, struct diag *diag)
{
    json_t *fields = json_object_get(form->file.draft, "fields");
    for (size_t i = 0; i < json_array_size(fields); i++) {
        json_t *field = json_array_get(fields, i);
        struct condition condition = {
            form, site, diag, i, text_at(field, "id"), json_object_get(field, "show_when")};
        if (!json_is_object(condition.value) || !condition.id)
            continue;
        const struct form_field_kind *kind = form_field_kind(condition.id);
        if (kind && kind->needed)
            COMPLAIN(&condition, "",
                     "\"%s\" must always be asked for: without it there is no ticket; take the "
                     "condition out",
                     condition.id);
        check_tests(&condition);
        check_cause(&condition);
    }
}
