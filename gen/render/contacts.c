/* The admin's own properties of contacts, as templates see them: for the desk, which shows who somebody is.
 */
#include "../site/properties.h"
#include "render.h"

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

/* A label, and the language that it is in when that is not the page's. */
static void set_label(json_t *view, const struct site *site, const json_t *text, const char *locale)
{
    const char *lang = site_text_lang(site, text, locale), *shown = site_text(site, text, locale);
    json_object_set_new(view, "label", json_string(shown ? shown : ""));
    json_object_set_new(view, "label_lang", lang ? json_string(lang) : json_false());
}

static json_t *options_view(const struct site *site, const json_t *options, const char *locale)
{
    json_t *views = json_array(), *option;
    size_t i;
    json_array_foreach(options, i, option)
    {
        json_t *view = json_object();
        json_object_set(view, "value", member(option, "value"));
        set_label(view, site, member(option, "label"), locale);
        json_array_append_new(views, view);
    }
    return views;
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
        set_label(view, render->site, member(own, "label"), locale);
        json_object_set_new(view, "options", options_view(render->site, member(own, "options"), locale));
        json_array_append_new(views, view);
    }
    return views;
}
