/* Which pages there are. */
#include "../site/consent.h"
#include "render.h"

#include <string.h>

#define FORMS_PATH "new/"
#define NAMED(name) .template = "pages/" name, .id = name

static const struct page_kind kinds[] = {
    {NAMED("home"), .path = ""},
    {NAMED("tickets"), .path = "tickets/", .private = true},
    {NAMED("ticket"), .path = "ticket/", .private = true},
    {NAMED("forms"), .path = FORMS_PATH, .private = true, .chooses_form = true},
    {NAMED("sign-in"), .path = "sign-in/", .private = true},
    {NAMED("sign-up"), .path = "sign-up/", .private = true, .needs_sign_up = true},
    {NAMED("verify"), .path = "verify/", .private = true, .needs_sign_up = true},
    {NAMED("sign-out"), .path = "sign-out/", .private = true},
    {NAMED("consent"), .path = "consent/", .private = true, .needs_consent = true},
    {NAMED("denied"), .path = "denied/", .private = true},
    {NAMED("reset"), .path = "reset/", .private = true},
    {NAMED("reset-form"), .path = "reset-form/", .private = true},
    {NAMED("link"), .path = "link/", .private = true},
    {NAMED("code"), .path = "code/", .private = true},
    {NAMED("account"), .path = "account/", .private = true},
    {NAMED("desk"), .path = "desk/", .private = true},
    {NAMED("desk-people"), .path = "desk/people/", .private = true},
    {NAMED("desk-replies"), .path = "desk/replies/", .private = true},
    {NAMED("desk-ticket"), .path = "desk/ticket/", .private = true},
    {NAMED("desk-mail"), .path = "desk/mail/", .private = true},
    {NAMED("desk-audit"), .path = "desk/audit/", .private = true},
    {NAMED("desk-erasures"), .path = "desk/erasures/", .private = true},
    {NAMED("closed"), .path = "closed/", .private = true},
    {NAMED("unavailable"), .path = "unavailable/", .private = true},
    {NAMED("not-found"), .path = "not-found/", .private = true},
    {NAMED("help"), .path = "help/"},
};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static const struct page_kind form_kind = {NAMED("new"), .path = FORMS_PATH, .private = true};
static const struct page_kind article_kind = {NAMED("article"), .path = ""};
static const struct page_kind chooser_kind = {NAMED("chooser"), .path = ""};
static const struct page_kind not_found_kind = {NAMED("not-found"), .path = "not-found/", .private = true};

/* A closed portal shows nothing but its closed page. */
static const char *template_of(const struct site *site, const struct page_kind *kind)
{
    const char *usual = site->open ? kind->template : "pages/closed";
    const char *variant = site_variant(site, usual + strlen("pages/"));
    return variant ? arena_printf(site->arena, "%s--%s", usual, variant) : usual;
}

static struct page *add_page(struct page_list *list, const struct page_kind *kind, size_t locale,
                             const char *template, const char *url, const char *file)
{
    struct page *page = &list->pages[list->count++];
    *page = (struct page){.kind = kind, .template = template, .locale = locale, .url = url, .file = file};
    json_object_set_new(list->urls, url, json_true());
    return page;
}

static const char *index_of(const struct site *site, const char *url)
{
    return arena_printf(site->arena, "site%sindex.html", url);
}

static struct page *add_kind(struct page_list *list, const struct site *site, const struct page_kind *kind,
                             size_t locale)
{
    const char *url = arena_printf(site->arena, "%s%s/%s", site->slug, site->locales[locale], kind->path);
    return add_page(list, kind, locale, template_of(site, kind), url, index_of(site, url));
}

static void add_language(struct page_list *list, const struct site *site, const struct forms *forms,
                         size_t locale)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if ((kinds[i].chooses_form && forms->count < 2) || (kinds[i].needs_sign_up && !site->sign_up) ||
            (kinds[i].needs_consent && !consent_renews(site)))
            continue;
        add_kind(list, site, &kinds[i], locale);
    }
}

/* A kind for each form: the only one is at new/; of several, each has a page of its own below it. */
static struct page_kind *form_kinds(const struct site *site, const struct forms *forms)
{
    struct page_kind *own = arena_alloc(site->arena, (forms->count + 1) * sizeof *own);
    for (size_t i = 0; i < forms->count; i++) {
        own[i] = form_kind;
        if (forms->count > 1)
            own[i].path = arena_printf(site->arena, FORMS_PATH "%s/", forms->items[i].id);
    }
    return own;
}

/* The chooser stands at the slug and at the root, where people who type the bare host arrive. */
static void add_outside(struct page_list *list, const struct site *site)
{
    size_t locale = site_locale(site, site->default_locale);
    const char *chooser = template_of(site, &chooser_kind);
    add_page(list, &chooser_kind, locale, chooser, site->slug, index_of(site, site->slug));
    if (strcmp(site->slug, "/") != 0)
        add_page(list, &chooser_kind, locale, chooser, site->slug, "site/index.html");
    const char *url = arena_printf(site->arena, "%s%s/not-found/", site->slug, site->locales[locale]);
    add_page(list, &not_found_kind, locale, template_of(site, &not_found_kind), url, "site/404.html");
}

void page_list_init(struct page_list *list, const struct site *site, const struct forms *forms,
                    const struct help *help)
{
    size_t most = site->locale_count * (KIND_COUNT + forms->count) + help->count + 3;
    const struct page_kind *own = form_kinds(site, forms);
    *list = (struct page_list){.pages = arena_alloc(site->arena, most * sizeof *list->pages),
                               .urls = json_object()};
    for (size_t i = 0; i < site->locale_count; i++) {
        add_language(list, site, forms, i);
        for (size_t j = 0; j < forms->count; j++)
            add_kind(list, site, &own[j], i)->form = &forms->items[j];
    }
    const char *template = template_of(site, &article_kind);
    for (size_t i = 0; i < help->count; i++) {
        const struct article *article = &help->articles[i];
        const char *file = index_of(site, article->url);
        add_page(list, &article_kind, article->locale, template, article->url, file)->article = article;
    }
    add_outside(list, site);
}

void page_list_release(struct page_list *list)
{
    json_decref(list->urls);
    *list = (struct page_list){0};
}
