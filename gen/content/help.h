/*
 * help: the help centre of content/help: articles by language and section, in reading order.
 *
 *     content/help/sections.json                    titles and order of the sections
 *     content/help/<locale>/<section>/<NN-name>.md  an article; NN orders, name becomes its address
 *     and images beside them (png, jpg, jpeg, gif, webp, svg), which articles show by their relative path
 *
 * Articles are read and parsed side by side, then sorted by language, section, order and file name.
 *
 * Every language has every article: where a translation is missing, the text of another language is shown at
 * this language's own address (help_fallback.c says which). A text of "fr" serves "fr-CA" as its own when
 * "fr" is no language of the portal.
 */
#ifndef GUICHET_CONTENT_HELP_H
#define GUICHET_CONTENT_HELP_H

#include "../parallel.h"
#include "../site/site.h"
#include "markdown.h"

extern const struct setting section_fields[]; /* of each section in sections.json */

struct article {
    const char *source; /* as messages name it */
    const char *path;   /* below content/help */
    size_t number;      /* of the file; articles with the same text have the same */
    size_t locale;      /* of its readers; index into the site's */
    size_t text_locale; /* of its text; index into the help centre's */
    const char *section;
    long section_order;
    bool staff; /* its section is for them */
    const char *id;
    long order;
    const char *title;
    const char *summary;
    const char *changed; /* "2026-11-22"; NULL: not said */
    bool alone;          /* not to be translated */
    const char *url;     /* "/support/en/help/section/id/" */
    struct markdown *body;
    const struct article *previous, *next; /* in the same language; NULL at the ends */
    const struct article **in_locale;      /* the same article in each of the site's languages; never NULL */
    const struct article *original;        /* whose text this is; NULL: it is in its readers' language */
};

struct help {
    struct arena *arena;           /* borrowed */
    const char *dir;               /* as messages name it */
    struct settings_file sections; /* empty when the portal has no help centre */
    const char **locales;          /* the site's, then those whose texts only serve one of them */
    size_t locale_count;
    size_t file_count;
    struct article *articles; /* sorted */
    size_t count;
    json_t *by_path;    /* owned: path below content/help, with and without NN-, -> index into articles */
    json_t *refused;    /* owned: the same paths of articles that have errors of their own */
    const char **media; /* paths below content/help, sorted */
    size_t media_count;
    struct search_terms *terms; /* the words of all articles, for search.h */
};

/*
 * Load the help centre; none at all is fine. False: errors in `diag`. Release it in either case, before
 * the arenas of `parallel`, in which texts live. `site` must have its languages.
 */
bool help_load(struct help *help, const struct site *site, struct parallel *parallel, struct diag *diag);
void help_release(struct help *help);

/* The article at a path below content/help, with or without its file's number, translated or not. NULL: none.
 */
struct article *help_article(const struct help *help, const char *path);

/* An article that has errors of its own is there, though nobody sees it: links to it are not dead. */
void help_note_refused(struct help *help, const struct article *article);

/* A section's title in a language. */
const char *help_section_title(const struct help *help, const struct site *site, const char *section,
                               const char *locale);

/* The language that this title is in, where that is not the one it shows in; else NULL. */
const char *help_section_lang(const struct help *help, const struct site *site, const char *section,
                              const char *locale);

struct page_texts;

/*
 * Point every relative link, also of the texts of pages, at the address of its article and every image at its
 * place below `media_url`. Errors: what leads nowhere, and addresses that no page may link to. `pages` has
 * the address of every page that will be built as a key.
 */
void help_resolve(struct help *help, const struct page_texts *texts, const struct site *site,
                  const char *media_url, const json_t *pages, struct diag *diag);

#endif
