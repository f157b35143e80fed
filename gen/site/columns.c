#include "columns.h"

#include "../../lib/filter.h"
#include "../check/hint.h"
#include "properties.h"

#include <string.h>

static const char *property_at(const json_t *columns, size_t at)
{
    return json_string_value(json_object_get(json_array_get(columns, at), "property"));
}

/* Built-in ones and own ones alike, for "did you mean". */
static const char *near_property(const struct site *site, const char *id)
{
    json_t *known = json_copy(json_object_get(site->properties.value, "tickets"));
    for (const struct property_kind *kind = ticket_property_kinds; kind->id; kind++)
        json_object_set_new(known, kind->id, json_true());
    const char *hint = hint_near_key(site->arena, id, known);
    json_decref(known);
    return hint;
}

static void check_column(const struct site *site, const char *list, const json_t *columns, size_t at,
                         struct diag *diag)
{
    const char *id = property_at(columns, at);
    struct place place = settings_file_at(&site->portal, "/tickets/%s/%zu/property", list, at);
    if (!property_kind(ticket_property_kinds, id) && !property_find(site, "tickets", id))
        diag_error(diag, place, "\"%s\": tickets have no property \"%s\"%s", list, id,
                   near_property(site, id));
    for (size_t before = 0; before < at; before++) {
        if (strcmp(id, property_at(columns, before)) == 0)
            diag_error(diag, place, "\"%s\": \"%s\" is there twice", list, id);
    }
}

void columns_check(const struct site *site, const char *list, struct diag *diag)
{
    const json_t *columns = json_object_get(json_object_get(site->portal.value, "tickets"), list);
    if (!site->properties.value) /* it was refused: its own errors say enough */
        return;
    for (size_t i = 0; i < json_array_size(columns); i++)
        check_column(site, list, columns, i, diag);
}
