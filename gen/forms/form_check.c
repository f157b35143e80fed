#include "form_check.h"

#include "../check/hint.h"
#include "../site/properties.h"

#include <string.h>

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

const struct form_field_kind *form_field_kind(const char *id)
{
    for (const struct form_field_kind *kind = form_field_kinds; kind->id; kind++) {
        if (strcmp(kind->id, id) == 0)
            return kind;
    }
    return NULL;
}

const char *form_first_stage(const struct site *site, const char *pipeline)
{
    json_t *stages = json_object_get(json_object_get(site->pipelines.draft, pipeline), "stages");
    size_t i;
    json_t *stage;
    json_array_foreach(stages, i, stage)
    {
        if (!json_is_true(json_object_get(stage, "closed")))
            return text_at(stage, "id");
    }
    return NULL;
}

static void check_reference(const struct form *form, const char *key, const char *what, json_t *known,
                            const struct site *site, struct diag *diag)
{
    const char *id = text_at(form->file.draft, key);
    if (id && settings_lacks(known, id))
        settings_file_error(&form->file, diag, arena_printf(site->arena, "/%s", key), "no %s \"%s\"%s", what,
                            id, hint_known(site->arena, id, known));
}

/* A field as its checks look at it, one that every ticket has. */
struct checked {
    const struct form *form;
    const struct site *site;
    struct diag *diag;
    size_t at;
    json_t *field;
    const struct form_field_kind *kind;
};

static const char *path_of(const struct checked *checked, const char *key)
{
    return arena_printf(checked->site->arena, "/fields/%zu%s%s", checked->at, *key ? "/" : "", key);
}

#define COMPLAIN(checked, key, ...)                                                                          \
    settings_file_error(&(checked)->form->file, (checked)->diag, path_of(checked, key), __VA_ARGS__)

static void check_options(const struct checked *checked)
{
    json_t *options = json_object_get(checked->field, "options");
    bool select = strcmp(checked->kind->type, "select") == 0;
    if (select && !options)
        COMPLAIN(checked, "", "\"%s\" is a select, which needs \"options\": [{\"value\": .., \"label\": ..}]",
                 checked->kind->id);
    if (!select && options)
        COMPLAIN(checked, "options", "only a select has them; take them out");
    options_check(checked->site, &checked->form->file, path_of(checked, "options"), options, checked->diag);
}

/* Files are bounded by the portal's own limit, too: the API never takes more. */
static long highest_for(const struct checked *checked)
{
    const json_t *files = json_object_get(checked->site->portal.draft, "files");
    const json_t *most = json_object_get(files, "max_count");
    if (strcmp(checked->kind->type, "files") == 0 && json_is_integer(most))
        return (long)json_integer_value(most);
    return checked->kind->highest;
}

static void settle_max(const struct checked *checked)
{
    const struct form_field_kind *kind = checked->kind;
    long highest = highest_for(checked);
    json_t *max = json_object_get(checked->field, "max");
    if (!max)
        json_object_set_new(checked->field, "max", json_integer(kind->max < highest ? kind->max : highest));
    else if (highest == 0)
        COMPLAIN(checked, "max", "a select has none; take it out");
    else if (json_is_integer(max) && json_integer_value(max) > highest)
        COMPLAIN(checked, "max", "want at most %ld for \"%s\", got %ld", highest, kind->id,
                 (long)json_integer_value(max));
}

static void check_kind(const struct checked *checked)
{
    const struct form_field_kind *kind = checked->kind;
    const char *type = text_at(checked->field, "type");
    if (type && strcmp(kind->type, type) != 0) {
        COMPLAIN(checked, "type", "\"%s\" is of type \"%s\"; write that, or take it out", kind->id,
                 kind->type);
        return;
    }
    const json_t *required = json_object_get(checked->field, "required");
    if (kind->needed && json_is_false(required))
        COMPLAIN(checked, "", "\"%s\" must have \"required\": true: without it there is no ticket", kind->id);
    check_options(checked);
    settle_max(checked);
}

static void check_field(const struct form *form, size_t at, json_t *field, const struct site *site,
                        struct diag *diag)
{
    const char *id = text_at(field, "id");
    const struct checked checked = {form, site, diag, at, field, id ? form_field_kind(id) : NULL};
    if (!id)
        return;
    if (!checked.kind) {
        form_take_property(form, at, field, site, diag);
        return;
    }
    if (!json_object_get(field, "type"))
        json_object_set_new(field, "type", json_string(checked.kind->type));
    if (!json_object_get(field, "label"))
        COMPLAIN(&checked, "", "missing key \"label\": what is \"%s\" called? Want a text", id);
    check_kind(&checked);
}

static size_t count_field(json_t *fields, const char *id, size_t before)
{
    size_t count = 0;
    for (size_t i = 0; i < before; i++)
        count += settings_same(text_at(json_array_get(fields, i), "id"), id);
    return count;
}

bool form_knows_fields(const struct form *form)
{
    const json_t *fields = json_object_get(form->file.draft, "fields");
    for (size_t i = 0; i < json_array_size(fields); i++) {
        if (!text_at(json_array_get(fields, i), "id"))
            return false;
    }
    return json_is_array(fields);
}

static void check_fields(const struct form *form, const struct site *site, struct diag *diag)
{
    json_t *fields = json_object_get(form->file.draft, "fields");
    size_t count = json_array_size(fields);
    for (size_t i = 0; i < count; i++) {
        json_t *field = json_array_get(fields, i);
        check_field(form, i, field, site, diag);
        if (count_field(fields, text_at(field, "id"), i) > 0)
            settings_file_error(&form->file, diag, arena_printf(site->arena, "/fields/%zu/id", i),
                                "\"%s\" is there twice; take one out", text_at(field, "id"));
    }
    for (const struct form_field_kind *kind = form_field_kinds; kind->id; kind++) {
        if (kind->needed && form_knows_fields(form) && count_field(fields, kind->id, count) == 0)
            settings_file_error(&form->file, diag, "/fields",
                                "a form needs the field \"%s\": without it there is no ticket; add {\"id\": "
                                "\"%s\", ..}",
                                kind->id, kind->id);
    }
}

void form_check(struct form *form, const struct site *site, struct diag *diag)
{
    json_t *inboxes = json_object_get(site->portal.draft, "inboxes");
    check_reference(form, "inbox", "inbox", inboxes, site, diag);
    check_reference(form, "pipeline", "pipeline", site->pipelines.draft, site, diag);
    check_fields(form, site, diag);
    form_check_conditions(form, site, diag);
}
