#include "columns.h"

#include "../../lib/filter.h"
#include "../check/hint.h"
#include "properties.h"

static const char *property_at(const json_t *columns, size_t at)
{
    return json_string_value(json_object_get(json_array_get(columns, at), "property"));
}

/* Built-in ones and own ones alike, for "did you mean". */
static const char *near_property(const struct site *site, const char *id)
{
    json_t *known = json_object();
    json_object_update(known, json_object_get(site->properties.draft, "tickets"));
    for (const struct property_kind *kind = ticket_property_kinds; kind->id; kind++)
        json_object_set_new(known, kind->id, json_true());
    const char *hint = hint_known(site->arena, id, known);
    json_decref(known);
    return hint;
}

static void check_column(const struct site *site, const char *list, const json_t *columns, size_t at,
                         struct diag *diag)
{
    const char *id = property_at(columns, at);
    const char *pointer = arena_printf(site->arena, "/tickets/%s/%zu/property", list, at);
    if (!id)
        return;
    if (property_is_odd(site, "tickets", id))
        settings_file_error(&site->portal, diag, pointer, "tickets have no property \"%s\"%s", id,
                            near_property(site, id));
    for (size_t before = 0; before < at; before++) {
        if (settings_same(id, property_at(columns, before)))
            settings_file_error(&site->portal, diag, pointer, "\"%s\" is there twice; take one out", id);
    }
}

void columns_check(const struct site *site, const char *list, struct diag *diag)
{
    const json_t *columns = json_object_get(json_object_get(site->portal.draft, "tickets"), list);
    for (size_t i = 0; i < json_array_size(columns); i++)
        check_column(site, list, columns, i, diag);
}
