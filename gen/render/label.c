#include "label.h"

void label_set(json_t *view, const struct site *site, const json_t *by_language, const char *locale)
{
    const char *lang = site_text_lang(site, by_language, locale);
    const char *shown = site_text(site, by_language, locale);
    json_object_set_new(view, "label", json_string(shown ? shown : ""));
    json_object_set_new(view, "label_lang", lang ? json_string(lang) : json_false());
}

json_t *label_options(const struct site *site, const json_t *options, const char *locale)
{
    json_t *views = json_array(), *option;
    size_t i;
    json_array_foreach(options, i, option)
    {
        json_t *view = json_object();
        json_object_set(view, "value", json_object_get(option, "value"));
        label_set(view, site, json_object_get(option, "label"), locale);
        json_array_append_new(views, view);
    }
    return views;
}
