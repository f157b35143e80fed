/* The preview's own page: every page in every state, or those that one wants to see. */
#include "inside.h"
#include "letters.h"
#include "own_page.h"
#include "style_view.h"

#include "../../lib/locale.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_CEILING = 4 * 1024 * 1024 };

/* What one chose, from the address; checked. */
struct choice {
    const char *language; /* a tag, "long" or "rtl" */
    const char *locale;   /* whose pages are shown */
    const char *scheme, *width;
    const char *page, *state; /* "": all */
    bool styling;             /* the style controls are open */
};

struct option {
    const char *id, *label;
};

static const struct option schemes[] = {{"light", "Light"}, {"dark", "Dark"}, {0}};
static const struct option widths[] = {
    {"390", "Phone, 390 px"}, {"768", "Tablet, 768 px"}, {"1280", "Desktop, 1280 px"}, {0}};
static const struct option pseudo_languages[] = {
    {"long", "Pseudo: long and accented"}, {"rtl", "Pseudo: right to left"}, {0}};

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *option_view(const char *id, const char *label, const char *chosen)
{
    return json_pack("{s:s, s:s, s:b}", "id", id, "label", label, "chosen",
                     chosen && strcmp(id, chosen) == 0);
}

static void add_options(json_t *list, const struct option *options, const char *chosen)
{
    for (; options->id; options++)
        json_array_append_new(list, option_view(options->id, options->label, chosen));
}

/* --- what was chosen ---------------------------------------------------------------------------------------
 */

static const char *param(struct http_request *request, const char *name, const char *unless_set)
{
    const char *value = http_param(request, http_query(request), name);
    return value ? value : unless_set;
}

static const char *one_of(const char *value, const struct option *options)
{
    for (const struct option *option = options; option->id; option++) {
        if (strcmp(option->id, value) == 0)
            return option->id;
    }
    return options->id;
}

static void read_choice(struct choice *choice, struct http_request *request, const struct scene *scene)
{
    const char *language = param(request, "language", scene->default_locale);
    bool pseudo = strcmp(language, "long") == 0 || strcmp(language, "rtl") == 0;
    *choice = (struct choice){.language = pseudo ? language : scene->default_locale,
                              .locale = scene->default_locale,
                              .scheme = one_of(param(request, "scheme", ""), schemes),
                              .width = one_of(param(request, "width", ""), widths),
                              .page = param(request, "page", ""),
                              .state = param(request, "state", ""),
                              .styling = *param(request, "style", "")};
    for (size_t i = 0; i < scene->locale_count; i++) {
        if (strcmp(scene->locales[i], language) == 0)
            choice->language = choice->locale = scene->locales[i];
    }
    if (!scene_page(scene, choice->page, NULL) && strcmp(choice->page, LETTERS_PAGE) != 0)
        choice->page = "";
    if (!*choice->state || !scene_state(scene, choice->state))
        choice->state = "";
}

/* --- what is shown -----------------------------------------------------------------------------------------
 */

/* The fragment, when it names an element; otherwise the end of the address. */
static const char *target_of(const char *url)
{
    const char *hash = strchr(url, '#');
    return hash && !strchr(hash, '=') ? hash : url + strlen(url);
}

static json_t *cell_view(const struct choice *choice, const struct scene_page *page, const json_t *state)
{
    bool pseudo = strcmp(choice->language, choice->locale) != 0;
    const json_t *how = json_object_get(json_object_get(state, "pages"), page->id);
    char url[2048];
    snprintf(url, sizeof url, PREVIEW_PATH "%s%s%s/%s%s%s", choice->scheme, pseudo ? "-" : "",
             pseudo ? choice->language : "", text_of(state, "id"), page->url, text_of(how, "at"));
    const char *fragment = target_of(url);
    return json_pack("{s:s, s:s%, s:s, s:s, s:s, s:s, s:s}", "url", url, "frame", url,
                     (size_t)(fragment - url), "fragment", fragment, "state", text_of(state, "id"), "label",
                     text_of(state, "label"), "help", text_of(state, "help"), "page", page->id);
}

static json_t *cells_view(const struct scene *scene, const struct choice *choice,
                          const struct scene_page *page)
{
    json_t *cells = json_array();
    size_t i;
    json_t *state;
    json_array_foreach(scene->states, i, state)
    {
        bool wanted = !*choice->state || strcmp(choice->state, text_of(state, "id")) == 0;
        if (wanted && json_object_get(json_object_get(state, "pages"), page->id))
            json_array_append_new(cells, cell_view(choice, page, state));
    }
    return cells;
}

static json_t *letter_cell(const struct scene *scene, const struct choice *choice, const json_t *state,
                           const char *id, enum letter_part part, struct arena *arena)
{
    bool pseudo = strcmp(choice->language, choice->locale) != 0;
    const char *url = arena_printf(arena, PREVIEW_PATH "%s%s%s/%s" PREVIEW_MAIL "/%s/%s.%s", choice->scheme,
                                   pseudo ? "-" : "", pseudo ? choice->language : "", text_of(state, "id"),
                                   choice->locale, id, part == LETTER_TEXT ? "txt" : "html");
    const char *label = arena_printf(arena, "%s, %s (%s)", id, part == LETTER_TEXT ? "text" : "HTML",
                                     text_of(state, "label"));
    const char *subject = letter_part(scene, scene->mails, state, choice->locale, id, LETTER_SUBJECT, arena);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "url", url, "frame", url, "fragment", "", "state",
                     text_of(state, "id"), "label", label, "help", subject ? subject : "", "page",
                     LETTERS_PAGE);
}

/* Each mail in each state that shows mails, its two parts side by side. */
static json_t *letter_cells(const struct scene *scene, const struct choice *choice)
{
    json_t *cells = json_array(), *state, *mail;
    struct arena *arena = arena_new(0);
    const char *id;
    size_t i;
    json_array_foreach(scene->states, i, state)
    {
        if (!arena || !letters_in(state) ||
            (*choice->state && strcmp(choice->state, text_of(state, "id")) != 0))
            continue;
        json_object_foreach(json_object_get(scene->mails, choice->locale), id, mail)
        {
            json_array_append_new(cells, letter_cell(scene, choice, state, id, LETTER_HTML, arena));
            json_array_append_new(cells, letter_cell(scene, choice, state, id, LETTER_TEXT, arena));
        }
    }
    arena_free(arena);
    return cells;
}

/* The cells are taken. How many there are. */
static size_t add_group(json_t *groups, const char *id, json_t *cells)
{
    size_t count = json_array_size(cells);
    if (count > 0)
        json_array_append_new(groups, json_pack("{s:s, s:O}", "id", id, "cells", cells));
    json_decref(cells);
    return count;
}

/* One page of each kind, in the language if it is there. */
static bool stands_for_its_kind(const struct scene *scene, const struct scene_page *page, const char *locale)
{
    const struct scene_page *best = scene_page(scene, page->id, locale);
    return page == (best ? best : scene_page(scene, page->id, NULL));
}

static size_t add_groups(json_t *data, const struct scene *scene, const struct choice *choice)
{
    json_t *groups = json_array();
    size_t count = 0;
    for (size_t i = 0; i < scene->page_count; i++) {
        const struct scene_page *page = &scene->pages[i];
        if (!stands_for_its_kind(scene, page, choice->locale) ||
            (*choice->page && strcmp(choice->page, page->id) != 0))
            continue;
        count += add_group(groups, page->id, cells_view(scene, choice, page));
    }
    if (!*choice->page || strcmp(choice->page, LETTERS_PAGE) == 0)
        count += add_group(groups, LETTERS_PAGE, letter_cells(scene, choice));
    json_object_set_new(data, "groups", groups);
    return count;
}

static void add_languages(json_t *data, const struct scene *scene, const struct choice *choice)
{
    json_t *list = json_array();
    for (size_t i = 0; i < scene->locale_count; i++)
        json_array_append_new(
            list, option_view(scene->locales[i], locale_name(scene->locales[i]), choice->language));
    add_options(list, pseudo_languages, choice->language);
    json_object_set_new(data, "languages", list);
}

static void add_filters(json_t *data, const struct scene *scene, const struct choice *choice)
{
    json_t *pages = json_array(), *states = json_array();
    size_t i;
    json_t *state;
    json_array_append_new(pages, option_view("", "All", choice->page));
    json_array_append_new(states, option_view("", "All", choice->state));
    for (i = 0; i < scene->page_count; i++) {
        if (stands_for_its_kind(scene, &scene->pages[i], choice->locale))
            json_array_append_new(pages, option_view(scene->pages[i].id, scene->pages[i].id, choice->page));
    }
    json_array_append_new(pages, option_view(LETTERS_PAGE, LETTERS_PAGE, choice->page));
    json_array_foreach(scene->states, i, state)
    {
        if (json_object_size(json_object_get(state, "pages")) > 0 || letters_in(state))
            json_array_append_new(states,
                                  option_view(text_of(state, "id"), text_of(state, "label"), choice->state));
    }
    json_object_set_new(data, "pages", pages);
    json_object_set_new(data, "states", states);
}

static json_t *grid_view(struct desk *desk, const struct scene *scene, const struct choice *choice)
{
    json_t *data = json_object(), *list;
    char run[24];
    long built;
    news_now(desk->news, run, &built);
    add_languages(data, scene, choice);
    json_object_set_new(data, "schemes", list = json_array());
    add_options(list, schemes, choice->scheme);
    json_object_set_new(data, "widths", list = json_array());
    add_options(list, widths, choice->width);
    add_filters(data, scene, choice);
    json_object_set_new(data, "count", json_integer((json_int_t)add_groups(data, scene, choice)));
    json_object_set_new(data, "width", json_string(choice->width));
    json_object_set_new(data, "scheme", json_string(choice->scheme));
    json_object_set_new(data, "styling", json_boolean(choice->styling));
    json_object_set_new(data, "style", style_panel(scene->style));
    json_object_set_new(data, "slug", json_string(scene->slug));
    json_object_set_new(data, "name", json_string(scene->name));
    json_object_set_new(data, "run", json_string(run));
    json_object_set_new(data, "built", json_integer(built));
    json_object_set_new(data, "hash", json_string(scene->states_hash));
    return data;
}

/* --- the page ----------------------------------------------------------------------------------------------
 */

/* Only while nothing was built yet there is no scene: then the page that says so stands here, too. */
void send_grid(struct http_request *request, struct desk *desk)
{
    static const char *const templates[] = {"grid", "style", NULL};
    struct choice choice;
    struct buf page;
    json_t *data = NULL;
    buf_init(&page, PAGE_CEILING);
    pthread_rwlock_rdlock(&desk->lock);
    if (desk->scene) {
        read_choice(&choice, request, desk->scene);
        data = grid_view(desk, desk->scene, &choice);
    }
    pthread_rwlock_unlock(&desk->lock);
    if (!data)
        send_portal(request, desk, &(struct address){.look = "", .prefix = "", .rest = "/"});
    else if (own_page_render(templates, data, &page))
        send_bytes(request, 200, "text/html; charset=utf-8", "no-store", page.data, page.len);
    else
        send_text(request, 500, "The page could not be made.\n");
    json_decref(data);
    buf_release(&page);
}
