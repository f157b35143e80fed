/* Which properties of a ticket its readers are told, and their values. */
#include "../server/write.h"
#include "property.h"
#include "view.h"

#include <stdlib.h>

bool view_shows(const struct request *request, const char *property)
{
    const struct portal_property *found = portal_property(request->portal, PORTAL_TICKET, property);
    return found && found->shown;
}

/* JSON of numbers and lists comes from the library that read it. */
static void write_value(struct buf *out, const struct portal_property *property, const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    if (text)
        write_json(out, property->id, text);
    free(text);
}

void view_properties(struct request *request, const struct ticket *ticket)
{
    const struct portal *portal = request->portal;
    json_t *values = property_parse(ticket->properties);
    write_begin(&request->out, "properties", '{');
    for (size_t i = 0; values && i < portal->property_count; i++) {
        const struct portal_property *property = &portal->properties[i];
        const json_t *value = json_object_get(values, property->id);
        if (value && property->own && property->shown && property_is_of_type(property, value))
            write_value(&request->out, property, value);
    }
    write_end(&request->out, '}');
    json_decref(values);
}
