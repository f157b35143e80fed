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
        file->draft = json_incref(file->value);
    } else if (settings_file_load(file, path, diag)) {
        settings_file_check(file, property_settings, diag);
    }
}

const json_t *property_find(const struct site *site, const char *of, const char *id)
{
    return json_object_get(json_object_get(site->properties.draft, of), id);
}

bool property_is_odd(const struct site *site, const char *of, const char *id)
{
    const struct property_kind *kinds_of =
        strcmp(of, "tickets") == 0 ? ticket_property_kinds : contact_property_kinds;
    return !property_kind(kinds_of, id) && settings_lacks(json_object_get(site->properties.draft, of), id);
}

void options_check(const struct site *site, const struct settings_file *file, const char *pointer,
                   const json_t *options, struct diag *diag)
{
    for (size_t i = 0; i < json_array_size(options); i++) {
        const char *value = text_at(json_array_get(options, i), "value");
        for (size_t j = 0; j < i; j++) {
            if (settings_same(value, text_at(json_array_get(options, j), "value")))
                settings_file_error(file, diag, arena_printf(site->arena, "%s/%zu/value", pointer, i),
                                    "the value \"%s\" is there twice; take one out", value);
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

static const char *path_of(const struct checked *checked, const char *key)
{
    return arena_printf(checked->site->arena, "%s%s%s", checked->pointer, *key ? "/" : "", key);
}

#define COMPLAIN(checked, key, ...)                                                                          \
    settings_file_error(&(checked)->site->properties, (checked)->diag, path_of(checked, key), __VA_ARGS__)

static bool is_of_type(const struct checked *checked, const char *type)
{
    return settings_same(text_at(checked->value, "type"), type);
}

static void check_id(const struct checked *checked, const char *kind)
{
    if (property_kind(ticket_property_kinds, checked->id) ||
        property_kind(contact_property_kinds, checked->id))
        COMPLAIN(checked, "", "\"%s\" is built in; choose another id", checked->id);
    for (const char *const *id = taken; *id; id++) {
        if (strcmp(*id, checked->id) == 0)
            COMPLAIN(checked, "", "\"%s\" means something else already; choose another id", *id);
    }
    if (strcmp(kind, "contacts") == 0 && property_find(checked->site, "tickets", checked->id))
        COMPLAIN(checked, "",
                 "\"%s\" is a property of tickets, too; a form could not tell which one it asks for: "
                 "rename one",
                 checked->id);
}

static void check_own_options(const struct checked *checked)
{
    const json_t *options = json_object_get(checked->value, "options");
    bool wanted = is_of_type(checked, "select") || is_of_type(checked, "multi_select");
    if (wanted && !options)
        COMPLAIN(checked, "", "a property of type \"%s\" needs \"options\": [{\"value\": .., \"label\": ..}]",
                 text_at(checked->value, "type"));
    if (!wanted && options)
        COMPLAIN(checked, "options", "only a \"select\" or a \"multi_select\" has them; take them out");
    options_check(checked->site, &checked->site->properties, path_of(checked, "options"), options,
                  checked->diag);
}

static void refuse_limit(const struct checked *checked, const char *key, const char *who)
{
    if (json_object_get(checked->value, key))
        COMPLAIN(checked, key, "only a %s has one; take it out", who);
}

static void check_length(const struct checked *checked)
{
    const json_t *max = json_object_get(checked->value, "max");
    double length = json_number_value(max);
    refuse_limit(checked, "min", "\"number\"");
    if (!max) {
        json_object_set_new(checked->value, "max", json_integer(TEXT_MAX));
    } else if (json_is_number(max) && (length < 1 || length > TEXT_HIGHEST || floor(length) < length)) {
        COMPLAIN(checked, "max", "want a whole number of characters from 1 to %d, got %g", TEXT_HIGHEST,
                 length);
        json_object_set_new(checked->value, "max", json_null());
    }
}

static void check_limits(const struct checked *checked)
{
    const json_t *min = json_object_get(checked->value, "min"), *max = json_object_get(checked->value, "max");
    if (is_of_type(checked, "text")) {
        check_length(checked);
    } else if (!is_of_type(checked, "number")) {
        refuse_limit(checked, "min", "\"number\"");
        refuse_limit(checked, "max", "\"number\" or a \"text\"");
    } else if (json_is_number(min) && json_is_number(max) &&
               json_number_value(min) > json_number_value(max)) {
        COMPLAIN(checked, "max", "%g is less than \"min\", %g", json_number_value(max),
                 json_number_value(min));
    }
}

/* Of a type that was refused nobody knows what belongs to it. */
static void check_one(const struct checked *checked, const char *kind)
{
    check_id(checked, kind);
    if (!text_at(checked->value, "type"))
        return;
    check_own_options(checked);
    check_limits(checked);
}

void properties_check(const struct site *site, struct diag *diag)
{
    for (size_t kind = 0; kind < 2; kind++) {
        const char *id;
        json_t *value;
        json_object_foreach(json_object_get(site->properties.draft, kinds[kind]), id, value)
        {
            const char *pointer = arena_printf(site->arena, "/%s/%s", kinds[kind], id);
            const struct checked checked = {site, diag, id, pointer, value};
            check_one(&checked, kinds[kind]);
        }
    }
}
