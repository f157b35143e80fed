/* The theme's settings as CSS custom properties, and as templates see them. */
#include "theme.h"

#include <string.h>

static const char *type_of(const struct theme *theme, const char *key)
{
    const json_t *declared = json_object_get(theme->settings, key);
    return json_string_value(json_object_get(declared, "type"));
}

/* Names are ids and values were held against their type, so neither can end a declaration. */
static void add_properties(const struct theme *theme, const char *scheme, const char *indent, struct buf *out)
{
    bool light = strcmp(scheme, "light") == 0;
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        const char *text = NULL;
        if (strcmp(type_of(theme, key), "color") == 0)
            text = json_string_value(json_object_get(value, scheme));
        else if (strcmp(type_of(theme, key), "length") == 0 && light)
            text = json_string_value(value);
        if (text)
            buf_addf(out, "%s--%s: %s;\n", indent, key, text);
    }
}

void theme_tokens(const struct theme *theme, struct buf *out)
{
    buf_adds(out, ":root {\n");
    add_properties(theme, "light", "  ", out);
    buf_adds(out, "}\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    add_properties(theme, "dark", "    ", out);
    buf_adds(out, "  }\n}\n");
}

json_t *theme_view(const struct theme *theme, const struct site *site, const char *locale)
{
    json_t *view = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        if (strcmp(type_of(theme, key), "text") == 0) {
            const char *text = site_text(site, value, locale);
            json_object_set_new(view, key, json_string(text ? text : ""));
        } else {
            json_object_set(view, key, value);
        }
    }
    struct buf css;
    buf_init(&css, 256 * 1024);
    theme_tokens(theme, &css);
    json_object_set_new(view, "css", json_stringn(css.data, css.len));
    buf_release(&css);
    return view;
}
