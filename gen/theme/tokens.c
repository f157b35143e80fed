/* The theme's settings as CSS custom properties, and as templates see them. */
#include "declarations.h"
#include "fonts.h"

#include <string.h>

static bool is_of(const struct theme *theme, const char *key, const char *type)
{
    return strcmp(theme_type_of(json_object_get(theme->settings, key)), type) == 0;
}

static void add_number(struct buf *out, const char *key, const json_t *value)
{
    buf_addf(out, "  --%s: %.10g;\n", key, json_number_value(value));
}

/* A file of a font has the name of its setting; what the system has shows until it is loaded. */
static void add_font(struct buf *out, const char *key, const json_t *value)
{
    if (json_is_string(value))
        buf_addf(out, "  --%s: %s;\n", key, theme_font_stack(json_string_value(value)));
    else
        buf_addf(out, "  --%s: \"theme-%s\", %s;\n", key, key, theme_font_stack("system"));
}

/* Names are ids and values were held against their type, so neither can end a declaration. */
static void add_property(const struct theme *theme, const char *key, const json_t *value, struct buf *out)
{
    if (is_of(theme, key, "color"))
        buf_addf(out, "  --%s: %s;\n", key, json_string_value(json_object_get(value, "light")));
    else if (is_of(theme, key, "number"))
        add_number(out, key, value);
    else if (is_of(theme, key, "font"))
        add_font(out, key, value);
    else if (is_of(theme, key, "length") || is_of(theme, key, "select"))
        buf_addf(out, "  --%s: %s;\n", key, json_string_value(value));
}

static void add_font_faces(const struct theme *theme, struct buf *out)
{
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        if (is_of(theme, key, "font") && json_is_object(value))
            buf_addf(out,
                     "@font-face{font-family:\"theme-%s\";src:url(\"../%s\") format(\"woff2\");"
                     "font-weight:100 900;font-display:swap}\n",
                     key, json_string_value(json_object_get(value, "path")));
    }
}

static void add_dark(const struct theme *theme, struct buf *out)
{
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
    {
        const char *dark = json_string_value(json_object_get(value, "dark"));
        if (is_of(theme, key, "color"))
            buf_addf(out, "    --%s: %s;\n", key, dark);
    }
}

void theme_tokens(const struct theme *theme, struct buf *out)
{
    struct theme_wrap wrap = theme_css_wrap(theme, THEME_SETTINGS_LAYER);
    add_font_faces(theme, out);
    buf_adds(out, wrap.before);
    buf_adds(out, ":root {\n");
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value) add_property(theme, key, value, out);
    buf_adds(out, "}\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    add_dark(theme, out);
    buf_adds(out, "  }\n}\n");
    buf_adds(out, wrap.after);
}

/* Mustache compares nothing, so each choice is there by name, too: {{#theme.density.compact}}. */
static json_t *select_view(const json_t *declared, const json_t *value)
{
    json_t *view = json_object();
    const json_t *choices = json_object_get(declared, "choices");
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const char *choice = json_string_value(json_object_get(json_array_get(choices, i), "value"));
        bool chosen = strcmp(choice, json_string_value(value)) == 0;
        json_object_set_new(view, choice, json_boolean(chosen));
    }
    json_object_set(view, "value", (json_t *)value);
    return view;
}

static json_t *media_view(const struct theme *theme, const json_t *value, const char *assets)
{
    if (!json_is_object(value))
        return json_false();
    json_t *view = json_deep_copy(value);
    json_object_del(view, "file");
    json_object_del(view, "path");
    const char *path = json_string_value(json_object_get(value, "path"));
    json_object_set_new(view, "url", json_string(arena_printf(theme->arena, "%s%s", assets, path)));
    return view;
}

static json_t *setting_view(const struct theme *theme, const struct site *site, const char *locale,
                            const char *assets, const char *key, json_t *value)
{
    if (is_of(theme, key, "text")) {
        const char *text = site_text(site, value, locale);
        return json_string(text ? text : "");
    }
    if (is_of(theme, key, "select"))
        return select_view(json_object_get(theme->settings, key), value);
    if (is_of(theme, key, "image") || is_of(theme, key, "font"))
        return media_view(theme, value, assets);
    return json_incref(value);
}

/* The sheets that themes ask for, the ancestors' first, and the admin's own. */
static json_t *styles_view(const struct theme *theme, const char *assets)
{
    json_t *view = json_array();
    for (size_t link = theme->chain_len; link-- > 0;) {
        const json_t *styles = json_object_get(theme->chain[link].manifest.value, "styles");
        for (size_t i = 0; i < json_array_size(styles); i++) {
            const char *path = json_string_value(json_array_get(styles, i));
            json_array_append_new(view, json_string(arena_printf(theme->arena, "%s%s", assets, path)));
        }
    }
    if (theme->custom)
        json_array_append_new(view,
                              json_string(arena_printf(theme->arena, "%s%s", assets, THEME_CUSTOM_CSS)));
    return view;
}

json_t *theme_view(const struct theme *theme, const struct site *site, const char *locale, const char *assets)
{
    json_t *view = json_object();
    const char *key;
    json_t *value;
    json_object_foreach(theme->values, key, value)
        json_object_set_new(view, key, setting_view(theme, site, locale, assets, key, value));
    struct buf css;
    buf_init(&css, 256 * 1024);
    theme_tokens(theme, &css);
    json_object_set_new(view, "css", json_stringn(css.data, css.len));
    buf_release(&css);
    json_object_set_new(view, "styles", styles_view(theme, assets));
    return view;
}
