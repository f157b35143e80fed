/* A checked form as pages and the API want it. */
#include "form.h"
#include "form_check.h"

#include <stdio.h>
#include <string.h>

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* Templates are strict: what is absent is false. */
static json_t *shown_text(const struct site *site, const json_t *object, const char *key, const char *locale)
{
    const char *text = site_text(site, json_object_get(object, key), locale);
    return text ? json_string(text) : json_false();
}

/* Beside a text: "label_lang", the language that it is in when that is not the page's. */
static void set_text(json_t *view, const struct site *site, const json_t *object, const char *key,
                     const char *locale)
{
    char name[32];
    const char *lang = site_text_lang(site, json_object_get(object, key), locale);
    snprintf(name, sizeof name, "%s_lang", key);
    json_object_set_new(view, key, shown_text(site, object, key, locale));
    json_object_set_new(view, name, lang ? json_string(lang) : json_false());
}

static json_t *options_view(const json_t *field, const struct site *site, const char *locale)
{
    json_t *view = json_array();
    size_t i;
    json_t *option;
    json_array_foreach(json_object_get(field, "options"), i, option)
    {
        json_t *item = json_object();
        json_object_set_new(item, "value", json_copy(json_object_get(option, "value")));
        set_text(item, site, option, "label", locale);
        json_array_append_new(view, item);
    }
    return view;
}

/* One description for pages and API: {"field", "test", "values"}. NULL: always asked for. */
static json_t *condition_of(const json_t *field)
{
    const json_t *given = json_object_get(field, "show_when");
    if (!given)
        return NULL;
    json_t *condition = json_object();
    json_t *is = json_object_get(given, "is"), *is_not = json_object_get(given, "is_not");
    const char *known = json_is_true(json_object_get(given, "known")) ? "known" : "unknown";
    json_object_set_new(condition, "field", json_copy(json_object_get(given, "field")));
    json_object_set_new(condition, "test", json_string(is ? "is" : is_not ? "is_not" : known));
    json_object_set_new(condition, "values", is || is_not ? json_deep_copy(is ? is : is_not) : json_array());
    return condition;
}

/* As text: 0 is a limit, too. Templates are strict: no limit is false. */
static void add_limit(json_t *view, const json_t *field, const char *key)
{
    char text[40];
    const json_t *limit = json_object_get(field, key);
    snprintf(text, sizeof text, "%.15g", json_number_value(limit));
    json_object_set_new(view, key, limit ? json_string(text) : json_false());
}

/* One control below its label, and no boxes or files. */
static bool is_plain(const char *type)
{
    return strcmp(type, "files") != 0 && strcmp(type, "multi_select") != 0 && strcmp(type, "checkbox") != 0;
}

static json_t *field_view(const json_t *field, const struct site *site, const char *locale)
{
    static const struct {
        const char *flag, *type;
    } types[] = {{"is_text", "text"},
                 {"is_textarea", "textarea"},
                 {"is_select", "select"},
                 {"is_files", "files"},
                 {"is_number", "number"},
                 {"is_date", "date"},
                 {"is_several", "multi_select"},
                 {"is_checkbox", "checkbox"}};
    const char *type = text_at(field, "type"), *of = text_at(field, "of");
    json_t *view = json_object();
    json_object_set_new(view, "id", json_copy(json_object_get(field, "id")));
    set_text(view, site, field, "label", locale);
    set_text(view, site, field, "help", locale);
    json_object_set_new(view, "required", json_boolean(json_is_true(json_object_get(field, "required"))));
    add_limit(view, field, "min");
    add_limit(view, field, "max");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        json_object_set_new(view, types[i].flag, json_boolean(type && strcmp(type, types[i].type) == 0));
    json_object_set_new(view, "type", json_string(type));
    json_object_set_new(view, "is_plain", json_boolean(is_plain(type)));
    json_object_set_new(view, "of_contact", json_boolean(of && strcmp(of, "contact") == 0));
    json_object_set_new(view, "options", options_view(field, site, locale));
    json_t *condition = condition_of(field);
    json_object_set_new(view, "show_when", condition ? condition : json_false());
    return view;
}

json_t *form_view(const struct form *form, const struct site *site, const char *locale)
{
    json_t *view = json_object();
    json_t *fields = json_array();
    size_t i;
    json_t *field;
    json_object_set_new(view, "id", json_string(form->id));
    set_text(view, site, form->file.value, "heading", locale);
    set_text(view, site, form->file.value, "intro", locale);
    json_array_foreach(json_object_get(form->file.value, "fields"), i, field)
        json_array_append_new(fields, field_view(field, site, locale));
    json_object_set_new(view, "fields", fields);
    return view;
}

json_t *forms_view(const struct forms *forms, const struct site *site, const char *locale)
{
    json_t *view = json_array();
    for (size_t i = 0; i < forms->count; i++) {
        json_t *item = json_object();
        json_object_set_new(item, "id", json_string(forms->items[i].id));
        set_text(item, site, forms->items[i].file.value, "menu", locale);
        set_text(item, site, forms->items[i].file.value, "intro", locale);
        json_array_append_new(view, item);
    }
    return view;
}

static json_t *or_null(json_t *value)
{
    return value ? json_incref(value) : json_null();
}

static json_t *field_compile(const json_t *field, const struct site *site)
{
    json_t *out = json_object();
    json_t *options = json_array();
    size_t i;
    json_t *option;
    json_array_foreach(json_object_get(field, "options"), i, option)
        json_array_append(options, json_object_get(option, "value"));
    json_object_set(out, "id", json_object_get(field, "id"));
    json_object_set(out, "type", json_object_get(field, "type"));
    json_object_set_new(out, "label", site_text_all(site, json_object_get(field, "label")));
    json_object_set(out, "required", json_object_get(field, "required"));
    json_object_set_new(out, "of", or_null(json_object_get(field, "of")));
    json_object_set_new(out, "min", or_null(json_object_get(field, "min")));
    json_object_set_new(out, "max", or_null(json_object_get(field, "max")));
    json_object_set_new(out, "options", options);
    json_t *condition = condition_of(field);
    json_object_set_new(out, "show_when", condition ? condition : json_null());
    return out;
}

static json_t *form_compile(const struct form *form, const struct site *site)
{
    const json_t *value = form->file.value;
    const char *pipeline = text_at(value, "pipeline");
    json_t *out = json_object();
    json_t *fields = json_array();
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(value, "fields"), i, field)
        json_array_append_new(fields, field_compile(field, site));
    json_object_set_new(out, "id", json_string(form->id));
    json_object_set(out, "inbox", json_object_get(value, "inbox"));
    json_object_set_new(out, "pipeline", json_string(pipeline));
    json_object_set_new(out, "stage", json_string(form_first_stage(site, pipeline)));
    json_object_set_new(out, "fields", fields);
    return out;
}

json_t *forms_compile(const struct forms *forms, const struct site *site)
{
    json_t *list = json_array();
    for (size_t i = 0; i < forms->count; i++)
        json_array_append_new(list, form_compile(&forms->items[i], site));
    return list;
}
