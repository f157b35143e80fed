#include "properties.h"

#include "../../lib/filter.h"
#include "../../lib/fs.h"

#include <math.h>
#include <string.h>

enum { TEXT_MAX = 200, TEXT_HIGHEST = 5000 };

static const char *const kinds[] = {"tickets", "contacts"};

/* What forms ask for besides properties or say of themselves, and the mark of a company's manager. */
static const char *const taken[] = {"message", "files", "form", "manager", NULL};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

void properties_load(struct site *site, struct diag *diag)
{
    struct settings_file *file = &site->properties;
    const char *path = site_path(site->arena, site->root, "content/properties.json");
    if (!fs_is_file(path)) {
        file->table = property_settings;
        file->value = settings_defaults(property_settings);
    } else if (settings_file_load(file, path, diag)) {
        settings_file_check(file, property_settings, diag);
    }
}

const json_t *property_find(const struct site *site, const char *of, const char *id)
{
    return json_object_get(json_object_get(site->properties.value, of), id);
}

void options_check(const struct settings_file *file, const char *pointer, const json_t *options,
                   struct diag *diag)
{
    for (size_t i = 0; i < json_array_size(options); i++) {
        const char *value = text_at(json_array_get(options, i), "value");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(value, text_at(json_array_get(options, j), "value")) == 0)
                diag_error(diag, settings_file_at(file, "%s/%zu/value", pointer, i),
                           "\"options\": the value \"%s\" is there twice", value);
        }
    }
}

/* One property of the file, as the checks below look at it. */
struct checked {
    const struct site *site;
    struct diag *diag;
    const char *id;
    const char *pointer;
    json_t *value;
};

static struct place place_of(const struct checked *checked, const char *key)
{
    return settings_file_at(&checked->site->properties, "%s%s", checked->pointer, key);
}

static bool is_of_type(const struct checked *checked, const char *type)
{
    return strcmp(text_at(checked->value, "type"), type) == 0;
}

static void check_id(const struct checked *checked, const char *kind)
{
    struct place place = place_of(checked, "");
    if (property_kind(ticket_property_kinds, checked->id) ||
        property_kind(contact_property_kinds, checked->id))
        diag_error(checked->diag, place, "\"%s\" is built in; choose another id", checked->id);
    for (const char *const *id = taken; *id; id++) {
        if (strcmp(*id, checked->id) == 0)
            diag_error(checked->diag, place, "\"%s\" means something else already; choose another id", *id);
    }
    if (strcmp(kind, "contacts") == 0 && property_find(checked->site, "tickets", checked->id))
        diag_error(checked->diag, place,
                   "\"%s\" is a property of tickets, too; a form could not tell which one it asks for",
                   checked->id);
}

static void check_own_options(const struct checked *checked)
{
    const json_t *options = json_object_get(checked->value, "options");
    bool wanted = is_of_type(checked, "select") || is_of_type(checked, "multi_select");
    if (wanted && !options)
        diag_error(checked->diag, place_of(checked, ""),
                   "\"%s\": a property of type \"%s\" needs \"options\"", checked->id,
                   text_at(checked->value, "type"));
    if (!wanted && options)
        diag_error(checked->diag, place_of(checked, "/options"),
                   "\"options\": only a \"select\" or a \"multi_select\" has them");
    const char *pointer = arena_printf(checked->site->arena, "%s/options", checked->pointer);
    options_check(&checked->site->properties, pointer, options, checked->diag);
}

static void refuse_limit(const struct checked *checked, const char *key, const char *who)
{
    const char *pointer = arena_printf(checked->site->arena, "/%s", key);
    if (json_object_get(checked->value, key))
        diag_error(checked->diag, place_of(checked, pointer), "\"%s\": only a %s has one", key, who);
}

static void check_length(const struct checked *checked)
{
    const json_t *max = json_object_get(checked->value, "max");
    double length = json_number_value(max);
    refuse_limit(checked, "min", "\"number\"");
    if (!max)
        json_object_set_new(checked->value, "max", json_integer(TEXT_MAX));
    else if (length < 1 || length > TEXT_HIGHEST || floor(length) < length)
        diag_error(checked->diag, place_of(checked, "/max"),
                   "\"max\": want a whole number of characters from 1 to %d, got %g", TEXT_HIGHEST, length);
}

static void check_limits(const struct checked *checked)
{
    const json_t *min = json_object_get(checked->value, "min"), *max = json_object_get(checked->value, "max");
    if (is_of_type(checked, "text")) {
        check_length(checked);
    } else if (!is_of_type(checked, "number")) {
        refuse_limit(checked, "min", "\"number\"");
        refuse_limit(checked, "max", "\"number\" or a \"text\"");
    } else if (min && max && json_number_value(min) > json_number_value(max)) {
        diag_error(checked->diag, place_of(checked, "/max"), "\"max\": %g is less than \"min\", %g",
                   json_number_value(max), json_number_value(min));
    }
}

void properties_check(const struct site *site, struct diag *diag)
{
    for (size_t kind = 0; kind < 2; kind++) {
        const char *id;
        json_t *value;
        json_object_foreach(json_object_get(site->properties.value, kinds[kind]), id, value)
        {
            const char *pointer = arena_printf(site->arena, "/%s/%s", kinds[kind], id);
            const struct checked checked = {site, diag, id, pointer, value};
            check_id(&checked, kinds[kind]);
            check_own_options(&checked);
            check_limits(&checked);
        }
    }
}
