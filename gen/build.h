/*
 * build: one run of the generator, from the folders to the pages.
 */
#ifndef GUICHET_BUILD_H
#define GUICHET_BUILD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct assets;
struct diag;
struct page_list;
struct site;
struct theme;

/* What a run found and made; it is freed after the call that shows it. */
struct build_result {
    bool done;
    const struct diag *diag;
    const struct site *site; /* this and what follows is whole only when `done` */
    const struct theme *theme;
    const struct page_list *pages;
    const struct assets *assets;
    json_t *states; /* see preview/fixtures.h; whoever keeps it counts a reference */
    json_t *mails;  /* as compiled, by language and id; the same */
};

struct build_options {
    const char *site;      /* the portal's folder */
    const char *out;       /* NULL: its folder "out" */
    const char *themes;    /* NULL: its folder "themes", then the installed ones */
    bool check_only;       /* everything but writing */
    bool compress;         /* write packed forms beside the texts of the site */
    bool plain;            /* bake no templates: the pages are the same, which a test looks at */
    bool json;             /* for editors: findings are one JSON array on `out`, and nothing else is said */
    bool pseudo;           /* all strings in the pseudo-language (preview/pseudo.h) */
    json_t *settings;      /* over content/portal.json; NULL: nothing */
    const json_t *overlay; /* over "theme_settings" of content/portal.json (theme/overlay.h); NULL: nothing */
    /* Instead of printing anything, call this. NULL: print. */
    void (*show)(const struct build_result *result, void *context);
    void *context;
};

/*
 * Findings go to `err`, what was built to `out`. 0: built (or, when only checking, nothing wrong);
 * 1: errors, and nothing was touched. When neither what is read nor what was made has been touched since the
 * last run, its warnings are told again, and that is all.
 */
int build_run(const struct build_options *options, FILE *out, FILE *err);

#endif
