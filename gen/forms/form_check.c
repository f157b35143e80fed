#include "form_check.h"

#include "../check/hint.h"
#include "../site/properties.h"

#include <stdio.h>
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
    json_t *stages = json_object_get(json_object_get(site->pipelines.value, pipeline), "stages");
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
    const char *id = text_at(form->file.value, key);
    if (known && !json_object_get(known, id))
        diag_error(diag, settings_file_at(&form->file, "/%s", key), "\"%s\": no %s \"%s\"%s", key, what, id,
                   hint_near_key(site->arena, id, known));
}

static void check_options(const struct form *form, size_t at, json_t *field, struct diag *diag)
{
    json_t *options = json_object_get(field, "options");
    bool select = strcmp(text_at(field, "type"), "select") == 0;
    if (select && !options)
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu", at),
                   "\"%s\": a select needs \"options\"", text_at(field, "id"));
    if (!select && options)
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu/options", at),
                   "\"options\": only a select has them");
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/fields/%zu/options", at);
    options_check(&form->file, pointer, options, diag);
}

/* Files are bounded by the portal's own limit, too: the API never takes more. */
static long highest_for(const struct form_field_kind *kind, const struct site *site)
{
    json_t *files = json_object_get(site->portal.value, "files");
    if (strcmp(kind->type, "files") == 0 && files)
        return (long)json_integer_value(json_object_get(files, "max_count"));
    return kind->highest;
}

static void settle_max(const struct form *form, size_t at, json_t *field, const struct form_field_kind *kind,
                       const struct site *site, struct diag *diag)
{
    long highest = highest_for(kind, site);
    json_t *max = json_object_get(field, "max");
    if (!max) {
        json_object_set_new(field, "max", json_integer(kind->max < highest ? kind->max : highest));
    } else if (highest == 0) {
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu/max", at), "\"max\": a select has none");
    } else if (json_integer_value(max) > highest) {
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu/max", at),
                   "\"max\": want at most %ld for \"%s\", got %ld", highest, kind->id,
                   (long)json_integer_value(max));
    }
}

static void check_field(const struct form *form, size_t at, json_t *field, const struct site *site,
                        struct diag *diag)
{
    const struct form_field_kind *kind = form_field_kind(text_at(field, "id"));
    if (!kind) {
        form_take_property(form, at, field, site, diag);
        return;
    }
    if (!json_object_get(field, "type"))
        json_object_set_new(field, "type", json_string(kind->type));
    if (!json_object_get(field, "label"))
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu", at), "\"%s\": missing key \"label\"",
                   kind->id);
    if (strcmp(kind->type, text_at(field, "type")) != 0) {
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu/type", at),
                   "\"type\": \"%s\" is of type \"%s\"", kind->id, kind->type);
        return;
    }
    if (kind->needed && !json_is_true(json_object_get(field, "required")))
        diag_error(diag, settings_file_at(&form->file, "/fields/%zu", at),
                   "\"%s\" must have \"required\": true: without it there is no ticket", kind->id);
    check_options(form, at, field, diag);
    settle_max(form, at, field, kind, site, diag);
}

static size_t count_field(json_t *fields, const char *id, size_t before)
{
    size_t count = 0;
    for (size_t i = 0; i < before; i++)
        count += strcmp(text_at(json_array_get(fields, i), "id"), id) == 0;
    return count;
}

static void check_fields(const struct form *form, const struct site *site, struct diag *diag)
{
    json_t *fields = json_object_get(form->file.value, "fields");
    size_t count = json_array_size(fields);
    for (size_t i = 0; i < count; i++) {
        json_t *field = json_array_get(fields, i);
        check_field(form, i, field, site, diag);
        if (count_field(fields, text_at(field, "id"), i) > 0)
            diag_error(diag, settings_file_at(&form->file, "/fields/%zu/id", i),
                       "\"fields\": \"%s\" is there twice", text_at(field, "id"));
    }
    for (const struct form_field_kind *kind = form_field_kinds; kind->id; kind++) {
        if (kind->needed && count_field(fields, kind->id, count) == 0)
            diag_error(diag, settings_file_at(&form->file, "/fields"),
                       "\"fields\": a form needs the field \"%s\": without it there is no ticket", kind->id);
    }
}

void form_check(struct form *form, const struct site *site, struct diag *diag)
{
    json_t *inboxes = json_object_get(site->portal.value, "inboxes");
    check_reference(form, "inbox", "inbox", inboxes, site, diag);
    check_reference(form, "pipeline", "pipeline", site->pipelines.value, site, diag);
    check_fields(form, site, diag);
    form_check_conditions(form, site, diag);
}
