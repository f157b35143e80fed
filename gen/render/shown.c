/* What of a ticket shows, as templates see it: the list's columns, and the lines of a ticket's own page. */
#include "../../lib/filter.h"

#include "../site/properties.h"
#include "label.h"
#include "render.h"

#include <string.h>

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

static json_t *origin_views(const json_t *words)
{
    json_t *views = json_array();
    for (const char *const *origin = render_origins; *origin; origin++) {
        const char *label = json_string_value(member(member(words, "origins"), *origin));
        json_array_append_new(views, json_pack("{s:s, s:s, s:b}", "value", *origin, "label",
                                               label ? label : *origin, "label_lang", 0));
    }
    return views;
}

static json_t *option_views(const struct render *render, const char *id, const char *locale,
                            const json_t *words)
{
    if (strcmp(id, "source") == 0)
        return origin_views(words);
    json_t *options = render_options(render, id);
    json_t *views = label_options(render->site, options, locale);
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
    json_object_set_new(view, "sortable", json_boolean(!site_hides_owner(render->site, id)));
    json_object_set_new(view, "type", json_string(type));
    json_object_set_new(view, "options", option_views(render, id, locale, words));
    label_set(view, render->site, label, locale);
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

/* What one fills in for it: "choice" among options, a "range", a "flag", or "words". */
static const char *kind_of(const char *type)
{
    if (strcmp(type, "number") == 0 || strcmp(type, "date") == 0)
        return "range";
    if (strcmp(type, "select") == 0 || strcmp(type, "multi_select") == 0)
        return "choice";
    return strcmp(type, "checkbox") == 0 ? "flag" : "words";
}

static json_t *option_called(json_t *options, const json_t *label)
{
    size_t i;
    json_t *option;
    json_array_foreach(options, i, option)
    {
        if (json_equal(member(option, "label"), label))
            return option;
    }
    return NULL;
}

/* Stages are those of all pipelines; those of one name are one choice, its value "a,b". */
static void add_stage(const struct render *render, json_t *options, const json_t *stage, const char *locale)
{
    json_t *view = json_object();
    label_set(view, render->site, member(stage, "label"), locale);
    json_t *same = option_called(options, member(view, "label"));
    if (same) {
        json_object_set_new(same, "value",
                            json_sprintf("%s,%s", json_string_value(member(same, "value")),
                                         json_string_value(member(stage, "id"))));
    } else {
        json_object_set(view, "value", member(stage, "id"));
        json_array_append(options, view);
    }
    json_decref(view);
}

static void add_stages(const struct render *render, json_t *options, const char *locale)
{
    const char *id;
    json_t *pipeline, *stage;
    size_t i;
    json_object_foreach(render->site->pipelines.value, id, pipeline)
    {
        json_array_foreach(member(pipeline, "stages"), i, stage) add_stage(render, options, stage, locale);
    }
}

/* The column that shows it, for its label; otherwise as if there were one without a label. New reference. */
static json_t *column_of(const struct render *render, json_t *id)
{
    size_t i;
    json_t *column;
    json_array_foreach(member(member(render->site->portal.value, "tickets"), "columns"), i, column)
    {
        if (json_equal(member(column, "property"), id))
            return json_incref(column);
    }
    return json_pack("{s:O}", "property", id);
}

static json_t *filter_view(const struct render *render, json_t *id, const char *locale, const json_t *words)
{
    json_t *column = column_of(render, id);
    json_t *view = shown_view(render, column, locale, words), *options = member(view, "options");
    const char *kind = kind_of(json_string_value(member(view, "type")));
    const char *const kinds[] = {"choice", "range", "flag", "words"};
    if (strcmp(json_string_value(id), "stage") == 0)
        add_stages(render, options, locale);
    if (strcmp(kind, "choice") == 0 && json_array_size(options) == 0)
        kind = "";
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        json_object_set_new(view, kinds[i], json_boolean(strcmp(kind, kinds[i]) == 0));
    json_decref(column);
    return view;
}

static void add_desk_view(const struct render *render, json_t *views, const char *id, const char *locale,
                          const json_t *words)
{
    json_t *name = json_string(id), *view = filter_view(render, name, locale, words);
    const char *type = json_string_value(member(view, "type"));
    json_object_set_new(view, "several", json_boolean(strcmp(type, "multi_select") == 0));
    json_array_append_new(views, view);
    json_decref(name);
}

json_t *render_desk_filters(const struct render *render, const char *locale, const json_t *words)
{
    json_t *views = json_array(), *own;
    const char *id;
    for (const struct property_kind *kind = ticket_property_kinds; kind->id; kind++)
        if (strcmp(kind->id, "subject") != 0 && strcmp(kind->id, "status") != 0)
            add_desk_view(render, views, kind->id, locale, words);
    json_object_foreach(member(render->site->properties.value, "tickets"), id, own)
        add_desk_view(render, views, id, locale, words);
    return views;
}

/* What can be set of a ticket besides whose it is and where it stands. */
json_t *render_desk_sets(const struct render *render, const char *locale, const json_t *words)
{
    const char *const built_in[] = {"category", "priority", NULL};
    json_t *views = json_array(), *own;
    const char *id;
    for (const char *const *name = built_in; *name; name++)
        add_desk_view(render, views, *name, locale, words);
    json_object_foreach(member(render->site->properties.value, "tickets"), id, own)
        add_desk_view(render, views, id, locale, words);
    return views;
}

json_t *render_filters(const struct render *render, const char *locale, const json_t *words)
{
    json_t *views = json_array(), *filters = site_filters(render->site), *id;
    size_t i;
    json_array_foreach(filters, i, id) json_array_append_new(views, filter_view(render, id, locale, words));
    json_decref(filters);
    return views;
}
