#include "properties.h"

#include "../../lib/fs.h"
#include "../../lib/locale.h"
#include "../../lib/settings/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *site_path(struct arena *arena, const char *root, const char *name)
{
    if (strcmp(root, ".") == 0 || strcmp(root, "./") == 0)
        return arena_strdup(arena, name);
    return fs_join(arena, root, name);
}

/* One as "form", or several as "forms"; null is the same as none. */
static void take_forms(struct site *site, json_t *root)
{
    if (json_is_null(json_object_get(root, "form")))
        json_object_del(root, "form");
    if (json_is_null(json_object_get(root, "forms")))
        json_object_del(root, "forms");
    const json_t *one = json_object_get(root, "form"), *list = json_object_get(root, "forms");
    size_t count = list ? json_array_size(list) : one ? 1 : 0;
    site->form_names = arena_alloc(site->arena, (count + 1) * sizeof *site->form_names);
    for (size_t i = 0; i < count; i++)
        site->form_names[i] = json_string_value(list ? json_array_get(list, i) : one);
    site->form_count = count;
}

/* What other tables check, or what the tables have no word for, is taken out of the raw document. */
static void take_apart(struct site *site)
{
    json_t *root = site->portal.doc.root;
    site->theme_settings = json_incref(json_object_get(root, "theme_settings"));
    json_object_del(root, "theme_settings");
    take_forms(site, root);
    json_t *theme = json_object_get(root, "theme");
    site->theme_name = theme ? json_string_value(theme) : "default";
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* What follows from other settings is as little known as they are. */
static void fill_derived(json_t *portal)
{
    const json_t *locales = json_object_get(portal, "locales"), *inboxes = json_object_get(portal, "inboxes");
    json_t *inbox = json_is_object(inboxes)
                        ? json_string(json_object_iter_key(json_object_iter((json_t *)inboxes)))
                        : json_null();
    if (!json_object_get(portal, "default_locale"))
        json_object_set(portal, "default_locale",
                        json_is_array(locales) ? json_array_get(locales, 0) : json_null());
    if (!json_object_get(portal, "default_inbox"))
        json_object_set(portal, "default_inbox", inbox);
    json_decref(inbox);
}

void site_borrow(struct site *site)
{
    json_t *portal = site->portal.draft;
    fill_derived(portal);
    site->api = text_at(portal, "api");
    site->default_inbox = text_at(portal, "default_inbox");
    site->open = json_is_true(json_object_get(portal, "open"));
    site->sign_up = json_is_true(json_object_get(json_object_get(portal, "access"), "sign_up"));
}

/* The draft may be replaced by what stands in for it. */
static const char *kept(const struct site *site, const json_t *text)
{
    return json_is_string(text) ? arena_strdup(site->arena, json_string_value(text)) : NULL;
}

static void borrow_all(struct site *site)
{
    json_t *portal = site->portal.draft;
    site_borrow(site);
    site->slug = kept(site, json_object_get(portal, "slug"));
    site->default_locale = kept(site, json_object_get(portal, "default_locale"));
    json_t *locales = json_object_get(portal, "locales");
    site->locales = arena_alloc(site->arena, (json_array_size(locales) + 1) * sizeof *site->locales);
    size_t i;
    json_t *tag;
    json_array_foreach(locales, i, tag) site->locales[i] = kept(site, tag);
    site->locale_count = json_array_size(locales);
}

static size_t usable_locales(const json_t *tags)
{
    size_t count = json_array_size(tags);
    for (size_t i = 0; i < count; i++) {
        const char *tag = json_string_value(json_array_get(tags, i));
        if (!tag || !locale_is_tag(tag))
            return 0;
    }
    return count;
}

/* Of a refused document, what help and strings need to be looked at all the same. */
static void borrow_languages(struct site *site)
{
    const json_t *root = site->portal.doc.root;
    const json_t *tags = json_object_get(root, "locales");
    const char *slug = text_at(root, "slug"), *preferred = text_at(root, "default_locale");
    size_t count = usable_locales(tags);
    site->locales = arena_alloc(site->arena, (count + 1) * sizeof *site->locales);
    for (size_t i = 0; i < count; i++)
        site->locales[i] = json_string_value(json_array_get(tags, i));
    if (!tags && json_is_array(json_object_get(site->portal.draft, "locales"))) /* as the table has it */
        site->locales[count++] = "en";
    site->locale_count = count;
    site->default_locale = preferred && site_has_locale(site, preferred) ? preferred : site->locales[0];
    site->slug = slug && format_is_slug(slug) ? slug : "/";
    site->slug_refused = site->portal.draft && !text_at(site->portal.draft, "slug");
}

static bool load_portal(struct site *site, json_t *settings, struct diag *diag)
{
    const char *path = site_path(site->arena, site->root, "content/portal.json");
    if (!settings_file_load(&site->portal, path, diag))
        return false;
    if (settings)
        json_object_update_recursive(site->portal.doc.root, settings);
    take_apart(site);
    bool whole = settings_file_check(&site->portal, portal_settings, diag);
    if (site->portal.draft)
        borrow_all(site);
    if (!whole)
        borrow_languages(site);
    return whole;
}

static bool load_pipelines(struct site *site, struct diag *diag)
{
    const char *path = site_path(site->arena, site->root, "content/pipelines.json");
    if (!settings_file_load(&site->pipelines, path, diag))
        return false;
    const struct setting *table = settings_map_table(site->arena, &site->pipelines, pipeline_fields, diag);
    return settings_file_check(&site->pipelines, table, diag);
}

/* Mostly the program was started somewhere else: one word about that says more than a list of files. */
static bool find_content(const struct site *site, struct diag *diag)
{
    const char *content = site_path(site->arena, site->root, "content");
    if (access(content, F_OK) == 0 || errno != ENOENT)
        return true;
    diag_error(diag, (struct place){.file = content},
               "not found: no portal is here; start in a portal's folder, or name it with --site");
    return false;
}

bool site_load(struct site *site, const char *root, struct arena *arena, struct diag *diag)
{
    return site_load_over(site, root, NULL, arena, diag);
}

bool site_load_over(struct site *site, const char *root, json_t *settings, struct arena *arena,
                    struct diag *diag)
{
    *site = (struct site){.arena = arena, .root = root};
    size_t before = diag_errors(diag);
    if (!find_content(site, diag))
        return false;
    load_portal(site, settings, diag);
    load_pipelines(site, diag);
    properties_load(site, diag);
    site_check_references(site, diag);
    return diag_errors(diag) == before;
}

void site_take_style(struct site *site, const json_t *overlay, struct diag *diag)
{
    char *text = json_dumps(overlay, JSON_INDENT(2));
    if (text)
        json_doc_parse(&site->style, SITE_STYLE, text, strlen(text), diag);
    free(text);
}

void site_release(struct site *site)
{
    json_decref(site->theme_settings);
    if (site->style.root)
        json_doc_release(&site->style);
    settings_file_release(&site->portal);
    settings_file_release(&site->pipelines);
    settings_file_release(&site->properties);
    *site = (struct site){0};
}

const char *site_text(const struct site *site, const json_t *by_language, const char *locale)
{
    return by_language ? locale_pick(by_language, locale, site->default_locale) : NULL;
}

const char *site_text_lang(const struct site *site, const json_t *by_language, const char *locale)
{
    bool own = !by_language || locale_pick(by_language, locale, NULL);
    return own || !site_text(site, by_language, locale) ? NULL : site->default_locale;
}

json_t *site_text_all(const struct site *site, const json_t *by_language)
{
    json_t *all = json_object();
    for (size_t i = 0; i < site->locale_count; i++) {
        const char *text = site_text(site, by_language, site->locales[i]);
        json_object_set_new(all, site->locales[i], json_string(text ? text : ""));
    }
    return all;
}

const char *site_name(const struct site *site, const char *locale)
{
    json_t *names = json_object_get(site->portal.value, "name");
    const char *name = site_text(site, names, locale);
    if (!name && json_is_object(names)) /* said in another language alone, which is told elsewhere */
        name = json_string_value(json_object_iter_value(json_object_iter(names)));
    return name ? name : "";
}

const char *site_variant(const struct site *site, const char *page)
{
    const json_t *pages = json_object_get(site->portal.value, "pages");
    return text_at(json_object_get(pages, page), "template");
}

bool site_has_locale(const struct site *site, const char *locale)
{
    for (size_t i = 0; i < site->locale_count; i++) {
        if (strcmp(site->locales[i], locale) == 0)
            return true;
    }
    return false;
}

size_t site_locale(const struct site *site, const char *locale)
{
    for (size_t i = 0; i < site->locale_count; i++) {
        if (strcmp(site->locales[i], locale) == 0)
            return i;
    }
    return 0;
}
