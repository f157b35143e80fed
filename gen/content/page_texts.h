/*
 * page_texts: what the admin wrote for system pages, as content/pages/<locale>/<id>.md: Markdown, checked
 * like an article. Front matter is optional and knows one key: "title" takes the place of the page's title.
 *
 * A language without a text shows that of the nearest one which has it: fr-CA, fr, the default language.
 * Images stand beside the texts.
 */
#ifndef GUICHET_PAGE_TEXTS_H
#define GUICHET_PAGE_TEXTS_H

#include "help.h"

struct page_text {
    const char *tag;        /* the folder's language */
    struct article article; /* `id` the page's, `title` NULL when the text has none of its own, `path` below
                               content/help: "../pages/en/sign-in.md"; no section, no address */
};

struct page_texts {
    const char *dir; /* as messages name it */
    struct page_text *texts;
    size_t count;
    const char **media; /* "pages/en/door.png": paths below content/, sorted */
    size_t media_count;
};

/* Load them; none at all is fine. False: errors in `diag`. Texts live in the site's arena. */
bool page_texts_load(struct page_texts *texts, const struct site *site, struct diag *diag);

/* The text of a page in a language, or what stands in for it. NULL: none. */
const struct page_text *page_texts_find(const struct page_texts *texts, const struct site *site,
                                        const char *page, size_t locale);

/* The index of the language that the folder `tag` is for: that of the site, or the first with that language.
 */
bool page_text_locale(const struct site *site, const char *tag, size_t *locale);

#endif
