/* "properties" of the compiled portal: what is built in, called as the theme calls it, and the admin's own.
 */
#include "../../lib/portal.h"

#include "../site/properties.h"
#include "render.h"

#include <string.h>

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

/* One of portal_words in every language. */
static json_t *word_in_all(const json_t *words, const char *word)
{
    json_t *all = json_object();
    const char *locale;
    json_t *own;
    json_object_foreach((json_t *)words, locale, own) json_object_set(all, locale, member(own, word));
    return all;
}

static bool is_listed(const json_t *options, const char *value)
{
    size_t i;
    json_t *option;
    json_array_foreach(options, i, option)
    {
        if (strcmp(json_string_value(member(option, "value")), value) == 0)
            return true;
    }
    return false;
}

/* Takes the reference to `label`. What two pipelines or two forms have is there once. */
static void add_option(json_t *options, const char *value, json_t *label)
{
    if (is_listed(options, value))
        json_decref(label);
    else
        json_array_append_new(options, json_pack("{s:s, s:o}", "value", value, "label", label));
}

static void add_options(const struct site *site, json_t *options, const json_t *given, const char *key)
{
    size_t i;
    json_t *option;
    json_array_foreach(given, i, option) add_option(options, json_string_value(member(option, key)),
                                                    site_text_all(site, member(option, "label")));
}

static void add_pipelines(const struct site *site, json_t *options, bool stages)
{
    const char *id;
    json_t *pipeline;
    json_object_foreach(site->pipelines.value, id, pipeline)
    {
        if (stages)
            add_options(site, options, member(pipeline, "stages"), "id");
        else
            add_option(options, id, site_text_all(site, member(pipeline, "label")));
    }
}

static void add_of_form(const struct render *render, const struct form *form, json_t *options, const char *id)
{
    size_t i;
    json_t *field;
    json_array_foreach(member(form->file.value, "fields"), i, field)
    {
        if (strcmp(json_string_value(member(field, "id")), id) == 0)
            add_options(render->site, options, member(field, "options"), "value");
    }
}

static void add_of_forms(const struct render *render, json_t *options, const char *id)
{
    for (size_t i = 0; i < render->forms->count; i++)
        add_of_form(render, &render->forms->items[i], options, id);
}

static void add_origins(const struct render *render, json_t *options)
{
    for (const char *const *origin = render_origins; *origin; origin++)
        add_option(options, *origin, render_origin(render, *origin));
}

static json_t *builtin_options(const struct render *render, const char *id, const json_t *words)
{
    json_t *options = json_array();
    if (strcmp(id, "status") == 0) {
        add_option(options, "open", word_in_all(words, "open"));
        add_option(options, "closed", word_in_all(words, "closed_status"));
    } else if (strcmp(id, "stage") == 0 || strcmp(id, "pipeline") == 0) {
        add_pipelines(render->site, options, strcmp(id, "stage") == 0);
    } else if (strcmp(id, "category") == 0 || strcmp(id, "priority") == 0) {
        add_of_forms(render, options, id);
    } else if (strcmp(id, "source") == 0) {
        add_origins(render, options);
    }
    return options;
}

/* Takes the references. */
static json_t *property(const char *id, bool of_ticket, const char *type, json_t *label, json_t *options)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:o, s:o, s:n, s:n}", "id", id, "of",
                     of_ticket ? "ticket" : "contact", "own", 0, "type", type, "label", label, "options",
                     options, "min", "max");
}

static void add_builtins(const struct render *render, json_t *list, enum portal_object of,
                         const json_t *words)
{
    for (const struct property_kind *kind = portal_builtins(of); kind->id; kind++) {
        bool of_ticket = of == PORTAL_TICKET;
        json_t *label = of_ticket ? word_in_all(words, kind->id) : json_null();
        json_t *options = of_ticket ? builtin_options(render, kind->id, words) : json_array();
        json_array_append_new(list,
                              property(kind->id, of_ticket, property_types[kind->type], label, options));
    }
}

static void set_limit(json_t *item, const json_t *own, const char *key)
{
    if (member(own, key))
        json_object_set(item, key, member(own, key));
}

static void add_own(const struct render *render, json_t *list, const char *of)
{
    const char *id;
    json_t *own;
    json_object_foreach(member(render->site->properties.value, of), id, own)
    {
        json_t *options = json_array();
        add_options(render->site, options, member(own, "options"), "value");
        json_t *item = property(id, strcmp(of, "tickets") == 0, json_string_value(member(own, "type")),
                                site_text_all(render->site, member(own, "label")), options);
        json_object_set_new(item, "own", json_true());
        set_limit(item, own, "min");
        set_limit(item, own, "max");
        json_array_append_new(list, item);
    }
}

json_t *render_properties(const struct render *render, const json_t *words)
{
    json_t *list = json_array();
    add_builtins(render, list, PORTAL_TICKET, words);
    add_builtins(render, list, PORTAL_CONTACT, words);
    add_own(render, list, "tickets");
    add_own(render, list, "contacts");
    return list;
}

json_t *render_options(const struct render *render, const char *id)
{
    const json_t *own = property_find(render->site, "tickets", id);
    json_t *options = json_array();
    if (own)
        add_options(render->site, options, member(own, "options"), "value");
    else if (strcmp(id, "category") == 0 || strcmp(id, "priority") == 0)
        add_of_forms(render, options, id);
    else if (strcmp(id, "pipeline") == 0)
        add_pipelines(render->site, options, false);
    return options;
}
