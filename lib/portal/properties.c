/* Properties of tickets and contacts: those that are built in, and those of the compiled portal. */
#include "read.h"

#include "../locale.h"
#include "../settings/format.h"

#include <string.h>

const struct property_kind *portal_builtins(enum portal_object of)
{
    return of == PORTAL_TICKET ? ticket_property_kinds : contact_property_kinds;
}

const struct portal_property *portal_property(const struct portal *portal, enum portal_object of,
                                              const char *id)
{
    for (size_t i = 0; i < portal->property_count; i++) {
        const struct portal_property *property = &portal->properties[i];
        if (property->of == of && strcmp(property->id, id) == 0)
            return property;
    }
    return NULL;
}

const struct portal_option *portal_option(const struct portal_property *property, const char *value)
{
    for (size_t i = 0; i < property->option_count; i++) {
        if (strcmp(property->options[i].value, value) == 0)
            return &property->options[i];
    }
    return NULL;
}

const char *portal_option_label(const struct portal *portal, const struct portal_property *property,
                                const char *locale, const char *value)
{
    const struct portal_option *option = portal_option(property, value);
    const char *label = option ? locale_pick(option->label, locale, portal->default_locale) : NULL;
    return label ? label : value;
}

/* --- reading ------------------------------------------------------------------------------------------ */

static void read_options(struct portal_reader *reader, struct portal_property *property, const json_t *item)
{
    bool choice = property->type == PROPERTY_SELECT || property->type == PROPERTY_MULTI_SELECT;
    json_t *list = reader_list(reader, item, "options", 0, &property->options, sizeof *property->options,
                               &property->option_count);
    for (size_t i = 0; i < property->option_count; i++) {
        const json_t *each = json_array_get(list, i);
        property->options[i].value = reader_text(reader, each, "value");
        property->options[i].label = reader_texts(reader, each, "label");
    }
    if (choice ? property->own && property->option_count == 0 : property->option_count > 0)
        reader_refuse(reader, item, "options", "want some on a select, and only there");
}

static const json_t *read_limit(struct portal_reader *reader, const struct portal_property *property,
                                const json_t *item, const char *key)
{
    const json_t *limit = json_object_get(item, key);
    if (json_is_null(limit))
        return NULL;
    if (!json_is_number(limit) || !property->own || property->type > PROPERTY_NUMBER)
        reader_refuse(reader, item, key, "want null, or a number where the property has limits");
    return limit;
}

static void read_limits(struct portal_reader *reader, struct portal_property *property, const json_t *item)
{
    property->min = read_limit(reader, property, item, "min");
    property->max = read_limit(reader, property, item, "max");
    if (property->own && property->type == PROPERTY_TEXT && json_integer_value(property->max) < 1)
        reader_refuse(reader, item, "max", "want how many characters it may have");
}

static void read_property(struct portal_reader *reader, struct portal_property *property, const json_t *item)
{
    static const char *const objects[] = {"ticket", "contact", NULL}; /* as enum portal_object */
    /* Ids become part of paths into JSON. */
    property->id = reader_form(reader, item, "id", format_is_id, "want an id");
    property->of = (enum portal_object)reader_choice(reader, item, "of", objects);
    property->own = reader_flag(reader, item, "own");
    property->type = (enum property_type)reader_choice(reader, item, "type", property_types);
    if (!json_is_null(json_object_get(item, "label")))
        property->label = reader_texts(reader, item, "label");
    else if (property->own || property->of == PORTAL_TICKET)
        reader_refuse(reader, item, "label", "want a text in every language of the portal");
    read_options(reader, property, item);
    read_limits(reader, property, item);
}

/* Those built in are all there, of the type that the code knows them to be. */
static void check_builtins(struct portal_reader *reader, const struct portal *portal, enum portal_object of)
{
    for (const struct property_kind *kind = portal_builtins(of); kind->id; kind++) {
        const struct portal_property *property = portal_property(portal, of, kind->id);
        if (!property || property->own || property->type != kind->type)
            reader_refuse(reader, portal->root, "properties", "want what every ticket and contact has");
    }
}

/* And the others are the admin's own. */
static void check_own(struct portal_reader *reader, const struct portal *portal)
{
    for (size_t i = 0; i < portal->property_count; i++) {
        const struct portal_property *property = &portal->properties[i];
        if (!property->own && !property_kind(portal_builtins(property->of), property->id))
            reader_refuse(reader, portal->root, "properties", "want no other built-in properties");
    }
}

void portal_read_properties(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    json_t *list = reader_list(reader, root, "properties", 1, &portal->properties, sizeof *portal->properties,
                               &portal->property_count);
    for (size_t i = 0; i < portal->property_count; i++)
        read_property(reader, &portal->properties[i], json_array_get(list, i));
    if (reader->failed)
        return;
    check_builtins(reader, portal, PORTAL_TICKET);
    check_builtins(reader, portal, PORTAL_CONTACT);
    check_own(reader, portal);
}

/* --- what is shown ------------------------------------------------------------------------------------ */

static void read_column(struct portal_reader *reader, struct portal *portal, struct portal_column *column,
                        const json_t *item)
{
    column->property = reader_text(reader, item, "property");
    for (size_t i = 0; i < portal->property_count; i++) {
        struct portal_property *property = &portal->properties[i];
        if (property->of != PORTAL_TICKET || strcmp(property->id, column->property) != 0)
            continue;
        property->shown = true;
        column->what = property;
    }
    if (!column->what)
        reader_refuse(reader, item, "property", "names no property of tickets");
    if (!json_is_null(json_object_get(item, "label")))
        column->label = reader_texts(reader, item, "label");
}

static size_t read_list(struct portal_reader *reader, struct portal *portal, const json_t *root,
                        const char *key, size_t least, struct portal_column **columns)
{
    size_t count;
    json_t *list = reader_list(reader, root, key, least, columns, sizeof **columns, &count);
    for (size_t i = 0; i < count; i++)
        read_column(reader, portal, &(*columns)[i], json_array_get(list, i));
    return count;
}

void portal_read_columns(struct portal_reader *reader, struct portal *portal, const json_t *root)
{
    portal->column_count = read_list(reader, portal, root, "columns", 1, &portal->columns);
    portal->page_count = read_list(reader, portal, root, "page", 0, &portal->page);
}
