#include "overlay.h"

#include "declarations.h"
#include "fonts.h"

#include <string.h>

static bool is_of(const json_t *declared, const char *type)
{
    const char *own = theme_type_of(declared);
    return own && strcmp(own, type) == 0;
}

/* A colour may be given as one for both grounds. A new object. */
static json_t *both_grounds(const json_t *given)
{
    const char *color = json_string_value(given);
    if (color)
        return json_pack("{s:s, s:s}", "light", color, "dark", color);
    return json_is_object(given) ? json_copy((json_t *)given) : json_object();
}

static json_t *color_over(const json_t *given, json_t *over)
{
    json_t *value = both_grounds(given);
    const char *ground;
    json_t *color;
    json_object_update(value, over);
    json_object_foreach(over, ground, color)
    {
        if (json_is_null(color))
            json_object_del(value, ground);
    }
    if (json_object_size(value) > 0)
        return value;
    json_decref(value);
    return NULL;
}

json_t *overlay_value(const json_t *declared, json_t *given, json_t *over)
{
    if (!over)
        return json_is_null(given) ? NULL : json_incref(given);
    if (json_is_null(over))
        return NULL;
    if (is_of(declared, "color") && json_is_object(over))
        return color_over(given, over);
    return json_incref(over);
}

/* Takes a value that was given under a former name out of `values`. New reference. */
static json_t *take_former(const json_t *declared, json_t *values)
{
    json_t *found = NULL;
    const json_t *aliases = json_object_get(declared, "aliases");
    for (size_t i = 0; i < json_array_size(aliases); i++) {
        const char *alias = json_string_value(json_array_get(aliases, i));
        json_t *value = json_object_get(values, alias);
        if (value && !found)
            found = json_incref(value);
        json_object_del(values, alias);
    }
    return found;
}

json_t *overlay_merge(const json_t *settings, const json_t *given, const json_t *overlay)
{
    json_t *merged = given ? json_copy((json_t *)given) : json_object();
    const char *key;
    json_t *over;
    json_object_foreach((json_t *)overlay, key, over)
    {
        const json_t *declared = json_object_get(settings, key);
        json_t *former = take_former(declared, merged);
        json_t *own = json_object_get(merged, key);
        json_t *value = overlay_value(declared, own ? own : former, over);
        if (value)
            json_object_set_new(merged, key, value);
        else
            json_object_del(merged, key);
        json_decref(former);
    }
    return merged;
}

/* What a setting without a value shows, so that the two can be compared. New reference, or NULL. */
static json_t *or_default(const json_t *declared, json_t *value)
{
    if (!is_of(declared, "color"))
        return value ? value : json_incref(json_object_get(declared, "default"));
    json_t *colors = both_grounds(value);
    if (!json_object_get(colors, "light"))
        json_object_set(colors, "light", json_object_get(declared, "light"));
    if (!json_object_get(colors, "dark"))
        json_object_set(colors, "dark", json_object_get(declared, "dark"));
    json_decref(value);
    return colors;
}

bool overlay_is_idle(const json_t *declared, json_t *given, json_t *over)
{
    json_t *with = or_default(declared, overlay_value(declared, given, over));
    json_t *without = or_default(declared, overlay_value(declared, given, NULL));
    bool same = (!with && !without) || (with && without && json_equal(with, without));
    json_decref(with);
    json_decref(without);
    return same;
}

static bool is_stack(const json_t *font)
{
    return json_is_string(font) && theme_font_stack(json_string_value(font));
}

/* What templates see, too, needs the pages anew; of a font that is a file they load it ahead. */
static bool shows_in_css_alone(const json_t *declared, const json_t *one, const json_t *other)
{
    if (is_of(declared, "font"))
        return is_stack(one) && is_stack(other);
    return is_of(declared, "color") || is_of(declared, "length") || is_of(declared, "number");
}

static bool first_differs_in_css(const json_t *settings, const json_t *one, const json_t *other)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)one, key, value)
    {
        json_t *counterpart = json_object_get(other, key);
        bool same = counterpart && json_equal(value, counterpart);
        if (!same && !shows_in_css_alone(json_object_get(settings, key), value, counterpart))
            return false;
    }
    return true;
}

bool overlay_differs_in_css(const json_t *settings, const json_t *one, const json_t *other)
{
    return first_differs_in_css(settings, one, other) && first_differs_in_css(settings, other, one);
}
