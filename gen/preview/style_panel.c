/* The style controls as the page's template wants them. */
#include "style_view.h"

#include "../../lib/locale.h"
#include "../theme/declarations.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The preview speaks English, like the messages of the generator; themes may lack it. */
static json_t *words(const json_t *by_language)
{
    const char *text = by_language ? locale_pick(by_language, THEME_REFERENCE, "*") : NULL;
    void *first = json_object_iter((json_t *)by_language);
    if (!text && first)
        text = json_string_value(json_object_iter_value(first));
    return text ? json_string(text) : json_false();
}

/* "48rem" -> 48; "" without unit. */
static double amount(const char *length)
{
    return length ? strtod(length, NULL) : 0;
}

static const char *unit_of(const char *length)
{
    return length + strspn(length, "0123456789.");
}

static json_t *range(double least, double most, double step, const char *unit)
{
    return json_pack("{s:f, s:f, s:f, s:s}", "min", least, "max", most, "step", step, "unit", unit);
}

/* A number, or a length with limits, is set by a slider; false: it is neither. */
static json_t *range_view(const json_t *declared)
{
    const char *type = theme_type_of(declared), *most = text_of(declared, "max");
    const json_t *step = json_object_get(declared, "step");
    double low = json_number_value(json_object_get(declared, "min"));
    double high = json_number_value(json_object_get(declared, "max"));
    if (strcmp(type, "number") == 0)
        return range(low, high, step ? json_number_value(step) : (high - low) / 100, "");
    if (strcmp(type, "length") != 0 || !most)
        return json_false();
    bool fine = strcmp(unit_of(most), "px") == 0 || strcmp(unit_of(most), "%") == 0;
    return range(amount(text_of(declared, "min")), amount(most), fine ? 1 : 0.5, unit_of(most));
}

/* "0 to 20 px."; "": none. */
static json_t *limits_view(const json_t *declared, const json_t *slider)
{
    const char *type = theme_type_of(declared), *unit = text_of(slider, "unit");
    bool image = strcmp(type, "image") == 0, font = strcmp(type, "font") == 0;
    json_int_t bytes = json_integer_value(json_object_get(declared, "max_bytes"));
    json_int_t letters = json_integer_value(json_object_get(declared, "max"));
    if (unit)
        return json_sprintf("%.10g to %.10g%s%s.", json_number_value(json_object_get(slider, "min")),
                            json_number_value(json_object_get(slider, "max")), *unit ? " " : "", unit);
    if (strcmp(type, "text") == 0 && letters > 0)
        return json_sprintf("At most %" JSON_INTEGER_FORMAT " characters.", letters);
    if ((image || font) && bytes > 0)
        return json_sprintf("At most %" JSON_INTEGER_FORMAT " kB.", bytes / 1000);
    return json_string("");
}

static json_t *choices_view(const json_t *declared)
{
    json_t *list = json_array(), *choice;
    size_t i;
    json_array_foreach(json_object_get(declared, "choices"), i, choice)
        json_array_append_new(list, json_pack("{s:O, s:o}", "value", json_object_get(choice, "value"),
                                              "label", words(json_object_get(choice, "label"))));
    return list;
}

static json_t *languages_view(const json_t *described)
{
    json_t *list = json_array(), *tag;
    size_t i;
    json_array_foreach(json_object_get(described, "languages"), i, tag)
    {
        const char *text = json_string_value(tag);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "tag", text, "name", locale_name(text),
                                              "dir", locale_dir(text)));
    }
    return list;
}

static json_t *setting_view(const json_t *described, const char *key, const json_t *declared)
{
    const char *type = theme_type_of(declared);
    json_t *slider = range_view(declared);
    bool line = strcmp(type, "url") == 0 || (strcmp(type, "length") == 0 && json_is_false(slider));
    bool file = strcmp(type, "image") == 0 || strcmp(type, "font") == 0;
    bool color = strcmp(type, "color") == 0, text = strcmp(type, "text") == 0;
    return json_pack("{s:s, s:s, s:o, s:o, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o}", "key",
                     key, "type", type, "label", words(json_object_get(declared, "label")), "help",
                     words(json_object_get(declared, "help")), "color", color, "text", text, "several",
                     color || text, "check", strcmp(type, "boolean") == 0, "line", line, "file", file,
                     "select", strcmp(type, "select") == 0, "limits", limits_view(declared, slider), "range",
                     slider, "choices", choices_view(declared), "languages",
                     text ? languages_view(described) : json_array());
}

/* NULL as `group`: those that name none. */
static json_t *settings_view(const json_t *described, const char *group)
{
    json_t *list = json_array(), *declared;
    const char *key;
    json_object_foreach(json_object_get(described, "settings"), key, declared)
    {
        const char *own = text_of(declared, "group");
        if (group ? own && strcmp(own, group) == 0 : !own)
            json_array_append_new(list, setting_view(described, key, declared));
    }
    return list;
}

static void add_group(json_t *list, const char *id, json_t *label, json_t *settings)
{
    if (json_array_size(settings) > 0)
        json_array_append_new(list,
                              json_pack("{s:s, s:O, s:O}", "id", id, "label", label, "settings", settings));
    json_decref(label);
    json_decref(settings);
}

json_t *style_panel(const json_t *described)
{
    json_t *list = json_array(), *group;
    const char *id;
    json_object_foreach(json_object_get(described, "groups"), id, group)
        add_group(list, id, words(json_object_get(group, "label")), settings_view(described, id));
    add_group(list, "-more", json_string("More"), settings_view(described, NULL));
    return json_pack("{s:o}", "groups", list);
}
