#include "manifest.h"

#include "../../lib/locale.h"
#include "icons.h"

#include <stdlib.h>
#include <string.h>

const char *manifest_url(struct arena *arena, const char *slug, const char *locale)
{
    return arena_printf(arena, "%s%s/manifest.webmanifest", slug, locale);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text));
}

static void set_color(json_t *manifest, const char *key, const struct render *render, const char *setting)
{
    const json_t *value = json_object_get(render->theme->values, setting);
    const char *light = json_string_value(json_object_get(value, "light"));
    if (light && light[0] == '#')
        set_text(manifest, key, light);
}

static json_t *icon_view(const struct render *render, const struct icon *icon)
{
    const char *path = icon->asset->path;
    json_t *view = json_object();
    set_text(view, "src", arena_printf(render->arena, "%s%s", render->assets->url, path));
    set_text(view, "sizes",
             icon->width ? arena_printf(render->arena, "%ux%u", icon->width, icon->height) : "any");
    set_text(view, "type", icon->width ? "image/png" : "image/svg+xml");
    set_text(view, "purpose", icon->maskable ? "maskable" : "any");
    return view;
}

/* What is wrong with them was said when the pages were prepared. */
static json_t *icon_list(const struct render *render)
{
    struct icon icons[ICONS_MAX];
    struct diag *said = diag_new();
    json_t *list = json_array();
    size_t count = said ? icons_read(render->assets, render->theme, icons, said) : 0;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, icon_view(render, &icons[i]));
    diag_free(said);
    return list;
}

void manifest_add(const struct render *render, size_t locale, struct buf *out)
{
    const struct site *site = render->site;
    const char *tag = site->locales[locale], *name = site_name(site, tag);
    const char *home = arena_printf(render->arena, "%s%s/", site->slug, tag);
    json_t *manifest = json_object();
    set_text(manifest, "name", name);
    set_text(manifest, "short_name", name);
    set_text(manifest, "lang", tag);
    set_text(manifest, "dir", locale_dir(tag));
    set_text(manifest, "id", site->slug);
    set_text(manifest, "start_url", home);
    set_text(manifest, "scope", site->slug);
    set_text(manifest, "display", "standalone");
    set_color(manifest, "theme_color", render, "accent");
    set_color(manifest, "background_color", render, "background");
    json_object_set_new(manifest, "icons", icon_list(render));
    char *text = json_dumps(manifest, JSON_INDENT(1));
    json_decref(manifest);
    if (text)
        buf_adds(out, text);
    else
        out->failed = true;
    buf_addc(out, '\n');
    free(text);
}
