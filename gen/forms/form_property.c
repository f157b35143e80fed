/* Fields that are properties of the admin's own: they are described in content/properties.json. */
#include "../../lib/filter.h"

#include "../check/hint.h"
#include "../site/properties.h"
#include "form_check.h"

#include <string.h>

/* A field, and the property that it asks for. */
struct asked {
    const struct form *form;
    const struct site *site;
    size_t at;
    json_t *field;
    const json_t *property;
    const char *id;
    struct diag *diag;
};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *path_of(const struct asked *asked, const char *key)
{
    return arena_printf(asked->site->arena, "/fields/%zu/%s", asked->at, key);
}

#define COMPLAIN(asked, key, ...)                                                                            \
    settings_file_error(&(asked)->form->file, (asked)->diag, path_of(asked, key), __VA_ARGS__)

static void refuse_unknown(const struct asked *asked)
{
    const struct site *site = asked->site;
    json_t *known = json_object();
    for (const struct form_field_kind *kind = form_field_kinds; kind->id; kind++)
        json_object_set_new(known, kind->id, json_true());
    json_object_update(known, json_object_get(site->properties.draft, "tickets"));
    json_object_update(known, json_object_get(site->properties.draft, "contacts"));
    COMPLAIN(asked, "id",
             "no field \"%s\": want one that every ticket has, or a property of "
             "content/properties.json%s",
             asked->id, hint_near_key(site->arena, asked->id, known));
    json_decref(known);
}

/* What the property says, unless the form says it another way. */
static void take(const struct asked *asked, const char *key)
{
    if (!json_object_get(asked->field, key) && json_object_get(asked->property, key))
        json_object_set(asked->field, key, json_object_get(asked->property, key));
}

static void check_type(const struct asked *asked)
{
    const char *given = text_at(asked->field, "type"), *own = text_at(asked->property, "type");
    bool fits = !given || !own || strcmp(given, own) == 0 ||
                (strcmp(own, "text") == 0 && strcmp(given, "textarea") == 0);
    if (!fits)
        COMPLAIN(asked, "type", "the property \"%s\" is of type \"%s\"; take it out", asked->id, own);
}

static void check_max(const struct asked *asked)
{
    const json_t *given = json_object_get(asked->field, "max");
    const json_t *most = json_object_get(asked->property, "max");
    if (!given || !text_at(asked->property, "type"))
        return;
    if (strcmp(text_at(asked->property, "type"), "text") != 0)
        COMPLAIN(asked, "max",
                 "only a text has one here; limits of numbers stand in content/properties.json");
    else if (json_is_integer(given) && json_is_number(most) &&
             json_integer_value(given) > json_number_value(most))
        COMPLAIN(asked, "max", "want at most %ld as the property has it, got %ld",
                 (long)json_number_value(most), (long)json_integer_value(given));
}

static void check_options(const struct asked *asked)
{
    if (json_object_get(asked->field, "options"))
        COMPLAIN(asked, "options", "those of \"%s\" stand in content/properties.json; take them out here",
                 asked->id);
}

void form_take_property(const struct form *form, size_t at, json_t *field, const struct site *site,
                        struct diag *diag)
{
    static const char *const keys[] = {"type", "label", "help", "options", "min", "max"};
    const char *id = text_at(field, "id");
    const json_t *of_ticket = property_find(site, "tickets", id);
    const json_t *property = of_ticket ? of_ticket : property_find(site, "contacts", id);
    const struct asked asked = {form, site, at, field, property, id, diag};
    if (!property) {
        if (property_kind(ticket_property_kinds, id) || property_kind(contact_property_kinds, id))
            COMPLAIN(
                &asked, "id",
                "\"%s\" is what the portal knows by itself, no form asks for it; want a field that every "
                "ticket has, or a property of content/properties.json",
                id);
        else if (property_is_odd(site, "tickets", id) && property_is_odd(site, "contacts", id))
            refuse_unknown(&asked);
        return;
    }
    check_type(&asked);
    check_max(&asked);
    check_options(&asked);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        take(&asked, keys[i]);
    json_object_set_new(field, "of", json_string(of_ticket ? "ticket" : "contact"));
}
