/* What of a ticket shows, as templates see it: the list's columns, and the lines of a ticket's own page. */
#include "../../lib/filter.h"

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

static json_t *option_views(const struct render *render, const char *id, const char *locale)
{
    json_t *views = json_array(), *options = render_options(render, id), *option;
    size_t i;
    json_array_foreach(options, i, option)
    {
        json_t *view = json_object();
        json_object_set(view, "value", member(option, "value"));
        set_label(view, render->site, member(option, "label"), locale);
        json_array_append_new(views, view);
    }
    json_decref(options);
    return views;
}

static json_t *shown_view(const struct render *render, const json_t *column, const char *locale,
                          const json_t *words)
{
    const char *id = json_string_value(member(column, "property"));
    const json_t *own = property_find(render->site, "tickets", id);
    const struct property_kind *kind = property_kind(ticket_property_kinds, id);
    const json_t *label = member(column, "label") ? member(column, "label") : member(own, "label");
    const char *type = kind ? property_types[kind->type] : json_string_value(member(own, "type"));
    json_t *view = json_object();
    json_object_set_new(view, "id", json_string(id));
    json_object_set_new(view, "own", json_boolean(own != NULL));
    json_object_set_new(view, "type", json_string(type));
    json_object_set_new(view, "options", option_views(render, id, locale));
    set_label(view, render->site, label, locale);
    if (!label)
        json_object_set(view, "label", member(words, id));
    return view;
}

json_t *render_shown(const struct render *render, const char *list, const char *locale, const json_t *words)
{
    json_t *views = json_array(), *column;
    size_t i;
    json_array_foreach(member(member(render->site->portal.value, "tickets"), list), i, column)
        json_array_append_new(views, shown_view(render, column, locale, words));
    return views;
}
