/*
 * render: from settings, theme and content to pages, mails and the compiled portal.
 *
 * A page is rendered from two objects: what all pages of a language share (context.c) and its own (page.c).
 * Templates are strict, so everything that a template may name is always there; what is absent is false.
 *
 * Shared, of a language:
 *
 *     portal      name, open, slug, root (= slug), home, api, api_elsewhere (the API has a host of its own),
 *                 manifest (the address of its web manifest), multilingual,
 *                 form, several_forms, form_menu, contact (the default inbox's address),
 *                 idle_minutes, remember (people may stay signed in), password_min, sign_up, sign_in_links,
 *                 file_max_bytes, files_max, per_page, permission_company, reply_to_closed,
 *                 consent {asks, renew, variants [{host, first, index, notice, text, label, version,
 *                 links [{label, url}]}]}, false when nothing is said to those who sign up,
 *                 single {any, for_customers, customers, for_staff, staff, leaving}: the providers of single
 *                 sign-on, in lists of {id, label, label_lang, url}; `leaving` are those where one may sign
 *                 out, too
 *     locale      tag, dir, name, gap (what stands between a text and a link behind it)
 *     t           the strings
 *     assets, csp
 *     theme       the settings, css, styles: see theme_view()
 *     pipelines   [{id, label, stages [{id, label, closed}]}]
 *     sections    [{id, title, articles [{title, summary, url, fallback}]}]
 *     forms       [{id, menu, intro}]
 *     search      index: the address of the help centre's index in this language; false without articles
 *
 * A page's own:
 *
 *     page        id, title, url, canonical, private, alternates [{tag, url}], the last one for "x-default",
 *                 text: what the admin wrote for this system page, or false: {html,
 *                 fallback {tag, dir, name}: the language that it is in, false when it is the page's}
 *     languages   [{tag, name, dir, url (this page in it), current, hosts (the domains whose main language it
 *                 is, with blanks between)}]
 *     article     title, summary, html, fallback, changed {date, text} or false, section {id, title},
 *                 contents [{id, text, items [{id, text}], has_items}], has_contents,
 *                 previous, next {title, url, fallback}: on articles, else false
 *     form        id, heading, intro, fields [{.., show_when {field, test, values [..]}, false when always}]:
 *                 on a form's page, else false
 *
 * "fallback" is of an article that shows the text of another language: {tag, dir, name, notice}, where
 * `notice` is false when readers of the one read the other as well (fr-CA, fr); else false.
 *
 * Beside an admin's text stands the language that it is in where that is not the page's, else false:
 * portal.name_lang, portal.form_menu_lang, sections.title_lang, form.heading_lang, form.intro_lang,
 * forms.menu_lang, forms.intro_lang, article.section.title_lang; label_lang and help_lang of fields,
 * label_lang of options; notice_lang, text_lang and label_lang of consent.variants, label_lang of their
 * links.
 */
#ifndef GUICHET_RENDER_H
#define GUICHET_RENDER_H

#include "../assets/assets.h"
#include "../check/modules.h"
#include "../content/page_texts.h"
#include "../content/search.h"
#include "../forms/form.h"
#include "../theme/theme.h"

/* What pages say of one of the portal's languages, wherever they name it. */
struct render_language {
    const char *tag, *name, *dir;
    const char *hosts;  /* the domains whose main language it is, with blanks between */
    const char *origin; /* "https://" and the first of the domains that serve it best */
};

/* All that a page is made of; checked. Borrowed, except what a comment says. */
struct render {
    struct arena *arena;
    const struct site *site;
    const struct theme *theme;
    const struct forms *forms;
    const struct help *help;
    const struct search *search;
    const struct page_texts *texts;
    const struct assets *assets;
    const struct modules *modules;
    const char *csp;
    bool plain;   /* bake no templates */
    bool partial; /* something was refused: pages are only looked at, and nobody can tell what is unused */
    const struct template_edit
        *edit; /* of the HTML that designers wrote, once for each language; NULL: none */
    const struct render_language *languages; /* the site's; see render_init() */
    json_t **shared;                         /* of each language; owned, see render_release() */
};

/* Every language of the site, in its order and its arena (languages.c). NULL: no memory. */
const struct render_language *render_languages(const struct site *site);

/* Build what pages share. False: errors in `diag`. Release it in either case. */
bool render_init(struct render *render, struct diag *diag);
void render_release(struct render *render);

/* --- pages -------------------------------------------------------------------------------------------- */

struct page_kind {
    const char *template; /* "pages/tickets" */
    const char *id;       /* "tickets"; its title is the string t.pages.<id>.title */
    const char *path;     /* below the language's folder: "tickets/" */
    bool private;         /* not for search engines */
    bool chooses_form;    /* only there when the portal has several forms */
    bool needs_sign_up;   /* only there when people may sign up */
    bool needs_consent;   /* only there when people are asked for consent before they go on */
};

struct page {
    const struct page_kind *kind;
    const char *template; /* the kind's, or the variant of it that the admin chose */
    size_t locale;
    const struct article *article; /* NULL: none */
    const struct form *form;       /* NULL: none */
    const char *url;               /* "/support/en/tickets/" */
    const char *file;              /* where it is written: "site/support/en/tickets/index.html" */
};

struct page_list {
    struct page *pages;
    size_t count;
    json_t *urls; /* owned; an object with every page's address as a key */
};

/* Every page of the portal; `site` and `help` are known by then, assets need not be. */
void page_list_init(struct page_list *list, const struct site *site, const struct forms *forms,
                    const struct help *help);
void page_list_release(struct page_list *list);

/*
 * A page's own object. New reference. `scratch` is used. Nothing in it is shared with another page: pages are
 * rendered side by side, and counting references to one thing in two threads is a race. The HTML of an
 * article is not in it: article.html stands for it (lib/template.h, template_paste).
 */
json_t *page_data(const struct render *render, const struct page *page, struct buf *scratch);

/* Its parts about the article (article.c) and other languages (languages.c). New references; `scratch` is
 * used.
 */
json_t *page_article(const struct render *render, const struct page *page, struct buf *scratch);
json_t *page_languages(const struct render *render, const struct page *page, struct buf *scratch);
json_t *page_alternates(const struct render *render, const struct page *page, struct buf *scratch);

/* Append the path of a page in another language. */
void page_add_path(const struct site *site, const struct page *page, size_t locale, struct buf *out);

/* Is it there in its own words? An article that shows another language's text is found as that one. */
bool page_is_there(const struct page *page, size_t locale);

/*
 * Append the address for whom no language suits (x-default): the chooser where one comes in, else the page
 * itself in the first language that has it.
 */
void page_add_default(const struct render *render, const struct page *page, struct buf *out);

/* What the admin wrote for it (page_text.c): {html, fallback} or false; its own title, NULL when it has none.
 */
json_t *page_text_view(const struct render *render, const struct page *page, struct buf *scratch);
const char *page_text_title(const struct render *render, const struct page *page);

/* The id of the page that shows: "closed" when the portal is. */
const char *page_shown_id(const struct render *render, const struct page *page);

/* Which language's text an article shows, as templates see it. New reference. */
json_t *article_fallback(const struct render *render, const struct article *article);

/*
 * Render every page, and write it at once. `publish` may be NULL: nothing is written. False: errors in
 * `diag`, and what was written already is nothing to publish.
 */
bool page_list_render(const struct page_list *list, const struct render *render, struct parallel *parallel,
                      struct publish *publish, struct diag *diag);

/* --- the rest ------------------------------------------------------------------------------------------ */

/*
 * A language's strings as templates see them: a plural is {"forms": [{"category", "text"}]} in the order of
 * the language; {portal}, {password_min}, {files_max}, {file_max}, {ticket}, {tickets} and, as they begin a
 * sentence, {Ticket} and {Tickets} are filled in. New reference.
 */
json_t *render_strings(const struct render *render, size_t locale);

/* What one ticket ("one") or several ("other") are called in a language. Never NULL. */
const char *render_ticket_name(const struct render *render, size_t locale, const char *form);

/* The Content-Security-Policy of pages, in the arena. */
const char *render_csp(struct arena *arena, const char *api);

/* Every mail in every language: {"en": {"reply": {"subject", "text", "html"}, ..}, ..}. NULL: errors in
 * `diag`. */
json_t *render_mails(const struct render *render, struct diag *diag);

/* Is it a string that we ask for ourselves, whatever the templates say: "pages.home.title"? */
bool render_needs_string(const char *key);

/* The compiled portal's "words" in every language: strings of the theme. New reference. */
json_t *render_words(const struct render *render);

/* The same in one language, of its strings as templates see them. New reference. */
json_t *render_words_in(const json_t *strings);

/* Errors: strings that it needs and the theme has not. */
void render_check_words(const struct render *render, struct diag *diag);

/* Where tickets come from, as far as the API writes it; NULL ends them. And what one is called, in all
 * languages: new reference. */
extern const char *const render_origins[];
json_t *render_origin(const struct render *render, const char *origin);

/* Add them to the words of one language, for what shows in its pages. */
void render_add_origins(json_t *words, const json_t *strings);

/* The compiled portal's "properties", built in and own; `words` are those of render_words(). New reference.
 */
json_t *render_properties(const struct render *render, const json_t *words);

/*
 * What the values of a property of tickets are called, as far as pages cannot know from elsewhere: an own
 * one's options, categories, priorities, pipelines; by language. New reference.
 */
json_t *render_options(const struct render *render, const char *id);

/*
 * What templates see of "columns" or "page": [{id, own, sortable, type, label, label_lang, options: [{value,
 * label, label_lang}]}]; `words` are those of render_words_in(). New reference.
 */
json_t *render_shown(const struct render *render, const char *list, const char *locale, const json_t *words);

/*
 * The same of what the list is filtered by, each with one of "choice", "range", "flag" and "words" true: what
 * one fills in for it; none, where there are no options to choose from. New reference.
 */
json_t *render_filters(const struct render *render, const char *locale, const json_t *words);

/* The same of everything that the team may filter by: all properties of tickets. */
json_t *render_desk_filters(const struct render *render, const char *locale, const json_t *words);

/* The admin's own properties of contacts: id, type, label, options. */
json_t *render_contact_properties(const struct render *render, const char *locale);

/* What the team sets of a ticket besides owner, stage and inbox: category, priority, the admin's own. */
json_t *render_desk_sets(const struct render *render, const char *locale, const json_t *words);

/* out/portal/portal.json, see docs/portal-format.md. New reference. Takes the reference to `mails`. */
json_t *render_portal(const struct render *render, json_t *mails);

#endif
