/* The theme's settings as CSS custom properties, and as templates see them. */
#include "theme.h"

/* Names are ids and values were held against their type, so neither can end a declaration. */
static void add_properties(const struct theme *theme, const char *scheme, const char *indent, struct buf *out)
{
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        const char *type = json_string_value(json_object_get(
            json_object_get(json_object_get(theme->manifest.value, "settings"), key), "type"));
        const char *text = NULL;
        if (type[0] == 'c')
            text = json_string_value(json_object_get(value, scheme));
        else if (type[0] == 'l' && scheme[0] == 'l')
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

static bool is_color(const struct theme *theme, const char *key)
{
    json_t *declared = json_object_get(json_object_get(theme->manifest.value, "settings"), key);
    return json_string_value(json_object_get(declared, "type"))[0] == 'c';
}

json_t *theme_view(const struct theme *theme, const struct site *site, const char *locale)
{
    json_t *view = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        if (json_is_object(value) && !is_color(theme, key)) {
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
