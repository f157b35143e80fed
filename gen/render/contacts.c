/* The admin's own properties of contacts, as templates see them: for the desk, which shows who somebody is.
 */
#include "../site/properties.h"
#include "label.h"
#include "render.h"

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

json_t *render_contact_properties(const struct render *render, const char *locale)
{
    json_t *views = json_array(), *own;
    const char *id;
    json_object_foreach(member(render->site->properties.value, "contacts"), id, own)
    {
        json_t *view = json_object();
        json_object_set_new(view, "id", json_string(id));
        json_object_set(view, "type", member(own, "type"));
        label_set(view, render->site, member(own, "label"), locale);
        json_object_set_new(view, "options", label_options(render->site, member(own, "options"), locale));
        json_array_append_new(views, view);
    }
    return views;
}
