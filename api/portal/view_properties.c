/* Which properties of a ticket its readers are told, and their values. */
#include "../server/write.h"
#include "property.h"
#include "view.h"

bool view_shows(const struct request *request, const char *property)
{
    const struct portal_property *found = portal_property(request->portal, PORTAL_TICKET, property);
    return found && found->shown;
}

void view_properties(struct request *request, const struct ticket *ticket)
{
    const struct portal *portal = request->portal;
    json_t *values = property_parse(ticket->properties);
    write_begin(&request->out, "properties", '{');
    for (size_t i = 0; values && i < portal->property_count; i++) {
        const struct portal_property *property = &portal->properties[i];
        if (property->own && property->shown)
            property_write(&request->out, property, values);
    }
    write_end(&request->out, '}');
    json_decref(values);
}
