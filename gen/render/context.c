/* What all pages of a language share. */
#include "../check/unused.h"
#include "../site/consent.h"
#include "../site/single_sign_on.h"
#include "render.h"

#include "../../lib/locale.h"
#include "../hosting/manifest.h"

#include <string.h>

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text ? text : ""));
}

static json_t *member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

/* The language of an admin's text, when it is not the page's. */
static void set_lang(json_t *object, const char *key, const struct site *site, const json_t *text,
                     const char *locale)
{
    const char *lang = site_text_lang(site, text, locale);
    json_object_set_new(object, key, lang ? json_string(lang) : json_false());
}

static const char *contact_of(const struct site *site)
{
    const json_t *inbox = member(member(site->portal.value, "inboxes"), site->default_inbox);
    return json_string_value(member(inbox, "address"));
}

/* What leads to filing a ticket: the form's own words, where there is one; with several, see shared_view().
 */
static void add_form_menu(json_t *view, const struct render *render, const char *locale)
{
    const struct forms *forms = render->forms;
    const json_t *menu = forms->count == 1 ? member(forms->items[0].file.value, "menu") : NULL;
    json_object_set_new(view, "form", json_boolean(forms->count > 0));
    json_object_set_new(view, "several_forms", json_boolean(forms->count > 1));
    set_text(view, "form_menu", site_text(render->site, menu, locale));
    set_lang(view, "form_menu_lang", render->site, menu, locale);
}

static json_t *portal_view(const struct render *render, const char *locale)
{
    const struct site *site = render->site;
    const json_t *portal = site->portal.value;
    const json_t *tickets = member(portal, "tickets");
    const json_t *files = member(portal, "files");
    const char *permission = json_string_value(member(tickets, "permission"));
    json_t *view = json_object();
    set_text(view, "name", site_name(site, locale));
    set_lang(view, "name_lang", site, member(portal, "name"), locale);
    json_object_set(view, "open", member(portal, "open"));
    set_text(view, "slug", site->slug);
    set_text(view, "root", site->slug);
    set_text(view, "home", arena_printf(render->arena, "%s%s/", site->slug, locale));
    set_text(view, "api", site->api);
    json_object_set_new(view, "api_elsewhere", json_boolean(site->api[0] != '/'));
    set_text(view, "manifest", manifest_url(render->arena, site->slug, locale));
    add_form_menu(view, render, locale);
    set_text(view, "contact", contact_of(site));
    json_object_set_new(view, "multilingual", json_boolean(site->locale_count > 1));
    json_object_set(view, "idle_minutes", member(member(portal, "session"), "idle_minutes"));
    json_object_set_new(
        view, "remember",
        json_boolean(json_integer_value(member(member(portal, "session"), "remember_days")) > 0));
    json_object_set(view, "file_max_bytes", member(files, "max_bytes"));
    json_object_set(view, "files_max", member(files, "max_count"));
    json_object_set(view, "per_page", member(tickets, "per_page"));
    json_object_set_new(view, "permission_company", json_boolean(strcmp(permission, "company") == 0));
    json_object_set(view, "reply_to_closed", member(tickets, "reply_to_closed"));
    json_object_set(view, "participants", member(tickets, "participants"));
    json_object_set(view, "customers_close", member(tickets, "customers_close"));
    json_object_set(view, "rating", member(tickets, "rating"));
    json_object_set_new(view, "status_stages",
                        json_boolean(strcmp(json_string_value(member(tickets, "status")), "stages") == 0));
    set_text(view, "owner_alias", site_text(site, member(tickets, "owner_alias"), locale));
    json_object_set(view, "password_min", member(portal, "password_min"));
    json_object_set_new(view, "sign_up", json_boolean(site->sign_up));
    json_object_set(view, "sign_in_links", member(member(portal, "access"), "sign_in_links"));
    json_object_set_new(view, "consent", consent_view(site, locale));
    json_object_set_new(view, "single", single_sign_on_view(site, locale));
    return view;
}

/* What stands between a text and a link behind it: Chinese and Japanese put no blank there. */
static const char *gap_of(const char *tag)
{
    bool joined = strncmp(tag, "ja", 2) == 0 || strncmp(tag, "zh", 2) == 0;
    return joined && (tag[2] == '\0' || tag[2] == '-') ? "" : " ";
}

static json_t *locale_view(const char *tag)
{
    json_t *view = json_object();
    set_text(view, "tag", tag);
    set_text(view, "dir", locale_dir(tag));
    set_text(view, "name", locale_name(tag));
    set_text(view, "gap", gap_of(tag));
    return view;
}

static json_t *stages_view(const struct site *site, const char *id, const json_t *pipeline,
                           const char *locale)
{
    json_t *view = json_array();
    size_t i;
    json_t *stage;
    json_array_foreach(member(pipeline, "stages"), i, stage)
    {
        json_t *item = json_object();
        json_object_set(item, "id", member(stage, "id"));
        set_text(item, "pipeline", id);
        set_text(item, "label", site_text(site, member(stage, "label"), locale));
        json_object_set(item, "closed", member(stage, "closed"));
        json_array_append_new(view, item);
    }
    return view;
}

static json_t *pipelines_view(const struct site *site, const char *locale)
{
    json_t *view = json_array();
    const char *id;
    json_t *pipeline;
    json_object_foreach(site->pipelines.value, id, pipeline)
    {
        json_t *item = json_object();
        set_text(item, "id", id);
        set_text(item, "label", site_text(site, member(pipeline, "label"), locale));
        json_object_set_new(item, "stages", stages_view(site, id, pipeline, locale));
        json_array_append_new(view, item);
    }
    return view;
}

static json_t *inboxes_view(const struct site *site, const char *locale)
{
    json_t *view = json_array();
    const char *id;
    json_t *inbox;
    json_object_foreach(member(site->portal.value, "inboxes"), id, inbox)
    {
        json_t *item = json_object();
        set_text(item, "id", id);
        set_text(item, "label", site_text(site, member(inbox, "name"), locale));
        set_lang(item, "label_lang", site, member(inbox, "name"), locale);
        json_array_append_new(view, item);
    }
    return view;
}

static json_t *section_view(const struct render *render, const struct article *article, const char *locale)
{
    json_t *section = json_object();
    set_text(section, "id", article->section);
    const char *lang = help_section_lang(render->help, render->site, article->section, locale);
    set_text(section, "title", help_section_title(render->help, render->site, article->section, locale));
    json_object_set_new(section, "title_lang", lang ? json_string(lang) : json_false());
    json_object_set_new(section, "articles", json_array());
    return section;
}

/* Articles are sorted, so that those of a section follow each other. */
static json_t *sections_view(const struct render *render, size_t locale)
{
    json_t *view = json_array();
    json_t *section = NULL;
    const char *id = "";
    for (size_t i = 0; i < render->help->count; i++) {
        const struct article *article = &render->help->articles[i];
        if (article->locale != locale)
            continue;
        if (strcmp(article->section, id) != 0) {
            section = section_view(render, article, render->site->locales[locale]);
            json_array_append_new(view, section);
            id = article->section;
        }
        json_t *item = json_object();
        set_text(item, "title", article->title);
        set_text(item, "summary", article->summary);
        set_text(item, "url", article->url);
        json_object_set_new(item, "fallback", article_fallback(render, article));
        json_array_append_new(member(section, "articles"), item);
    }
    return view;
}

static json_t *search_view(const struct render *render, size_t locale)
{
    if (!render->search->indexes)
        return json_false();
    json_t *view = json_object();
    set_text(view, "index", render->search->indexes[locale].url);
    return view;
}

static json_t *shared_view(const struct render *render, size_t locale)
{
    const char *tag = render->site->locales[locale];
    json_t *view = json_object();
    json_object_set_new(view, "portal", portal_view(render, tag));
    json_object_set_new(view, "locale", locale_view(tag));
    json_object_set_new(view, "t", render_strings(render, locale));
    set_text(view, "assets", render->assets->url);
    set_text(view, "csp", render->csp);
    json_object_set_new(view, "theme", theme_view(render->theme, render->site, tag, render->assets->url));
    json_object_set_new(view, "pipelines", pipelines_view(render->site, tag));
    json_t *words = render_words_in(member(view, "t"));
    render_add_origins(words, member(view, "t"));
    json_object_set_new(view, "columns", render_shown(render, "columns", tag, words));
    json_t *filters = render_filters(render, tag, words);
    json_object_set_new(view, "filterable", json_boolean(json_array_size(filters) > 0));
    json_object_set_new(view, "filters", filters);
    json_object_set_new(view, "desk_filters", render_desk_filters(render, tag, words));
    json_object_set_new(view, "contact_properties", render_contact_properties(render, tag));
    json_object_set_new(view, "desk_sets", render_desk_sets(render, tag, words));
    json_object_set_new(view, "inboxes", inboxes_view(render->site, tag));
    json_object_set_new(view, "ticket_page", render_shown(render, "page", tag, words));
    json_decref(words);
    json_object_set_new(view, "sections", sections_view(render, locale));
    json_object_set_new(view, "search", search_view(render, locale));
    json_object_set_new(view, "forms", forms_view(render->forms, render->site, tag));
    if (render->forms->count > 1)
        json_object_set(member(view, "portal"), "form_menu",
                        member(member(member(member(view, "t"), "pages"), "new"), "title"));
    return view;
}

/* Titles of pages are strings of the theme; one that is missing would be noticed by nobody. */
static void check_titles(const struct render *render, struct diag *diag)
{
    const json_t *pages = member(member(render->shared[0], "t"), "pages");
    for (const char *const *template = theme_pages; *template; template ++) {
        const char *id = *template + strlen("pages/");
        if (!json_is_string(member(member(pages, id), "title")))
            diag_error(diag,
                       (struct place){.file = theme_path(render->theme, "locales/" THEME_REFERENCE ".json")},
                       "\"pages.%s.title\" is missing: the title of the page \"%s\"", id, id);
    }
}

bool render_init(struct render *render, struct diag *diag)
{
    const struct site *site = render->site;
    size_t before = diag_errors(diag);
    render->csp = render_csp(render->arena, site->api);
    render->languages = render_languages(site);
    render->shared = arena_alloc(render->arena, site->locale_count * sizeof *render->shared);
    for (size_t i = 0; i < site->locale_count; i++) {
        render->shared[i] = shared_view(render, i);
    }
    check_titles(render, diag);
    if (!render->partial)
        unused_check(render->theme, render_needs_string, diag);
    render_check_words(render, diag);
    return diag_errors(diag) == before;
}

void render_release(struct render *render)
{
    for (size_t i = 0; render->shared && i < render->site->locale_count; i++) {
        json_decref(render->shared[i]);
    }
    render->shared = NULL;
}
