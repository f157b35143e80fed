/*
 * theme: a folder of themes/: its manifest, templates, strings and the files that pages link to.
 *
 * A theme may name a parent ("parent" of theme.json) and then holds only what it does otherwise: the chain
 * goes from the theme itself to its first ancestor, and each file is that of the first that has it. Whoever
 * reads a theme's files asks theme_file() or theme_files(). Templates of one name are layers
 * (lib/template.h), strings and settings are merged, and each theme's CSS stands in a cascade layer of its
 * own, the later the closer to the theme itself.
 *
 *     theme.json                        what it is and which settings it has (theme_settings.c)
 *     templates/{layouts,pages,partials,mail}/   named by their path without ending: "pages/home";
 *                                       "pages/sign-in--split" is a variant of a system page
 *     locales/<tag>.json                the strings; en.json is the reference that others are held against
 *     css/ js/ icons/ images/ fonts/    assets, see gen/assets
 *
 * Values of the settings are the admin's ("theme_settings" of content/portal.json); a theme has defaults. The
 * preview's style controls go over both (overlay.h).
 */
#ifndef GUICHET_THEME_H
#define GUICHET_THEME_H

#include "../../lib/template.h"
#include "../check/page_source.h"
#include "../site/site.h"

#include <stdint.h>

/* The language that all others are held against, and that fills what they lack. */
#define THEME_REFERENCE "en"

/* The group of a file of strings that stands in where tickets are called otherwise, see string_layer.h. */
#define THEME_RENAMED "renamed"

/* The most bytes of a file of strings. */
#define THEME_STRINGS_CEILING (1024 * 1024)

/* The most themes in a chain. */
enum { THEME_CHAIN_MAX = 8 };

struct theme_link {
    const char *name;
    const char *dir;               /* as messages name it */
    struct settings_file manifest; /* theme.json */
};

/* A file that is published with the theme. */
struct theme_entry {
    const char *path; /* below the folder that was asked for */
    const char *file; /* where it is read */
    size_t link;      /* whose it is: an index of theme->chain; another number: the admin's */
};

struct theme {
    struct arena *arena; /* borrowed */
    const char *name;
    const char *dir; /* chain[0].dir; NULL: there is no such theme, or its chain is broken */
    struct theme_link chain[THEME_CHAIN_MAX]; /* the theme, its parent, and so on */
    size_t chain_len;
    json_t *settings;   /* owned; the declarations of all of the chain, the ancestors' first; NULL: refused */
    json_t *groups;     /* owned; of all of the chain */
    json_t *given_as;   /* owned; under which name the admin gave a setting: it may be a former one; what only
                           the preview's style controls give has its own */
    const char *custom; /* the admin's own style sheet, content/custom.css; NULL: none */
    struct theme_entry *extras; /* files of content/ that are published with the theme's, `custom` first */
    size_t extra_count;
    struct template_set *templates;
    const struct page_source *sources;      /* of the .html ones, as they are written */
    const struct page_source *mail_sources; /* the same of mail/ */
    /*
     * Each setting's value: a colour is {"light", "dark"}, a text is by language, an image {"path", "file",
     * "width", "height"} or false, a font the name of a stack or {"path", "file"}. What the admin's were
     * refused for has its default. NULL: refused as a whole.
     */
    json_t *values;
    json_t **strings; /* of each language of the site, complete; NULL when the site's were refused */
    size_t string_count;
};

/* The templates that every theme must have, ended by NULL. */
extern const char *const theme_pages[];
extern const char *const theme_mails[];

/*
 * The folder of the themes that come with the program, in the arena: share/guichet/themes/ of the package
 * that it is in, or else those of the source tree that it was built from. A portal's own theme of a name goes
 * before.
 */
const char *theme_installed(struct arena *arena);

/*
 * Where themes are looked for, from first to last, ended by NULL, in the arena: only in `only`, unless that
 * is NULL; otherwise in the folder themes/ of the portal `root`, then among the installed ones.
 */
const char *const *theme_folders(struct arena *arena, const char *root, const char *only);

/*
 * Load the theme that the site names from the first of the folders that has it. False: errors in `diag`; all
 * that could be checked was. Release it in either case.
 */
bool theme_load(struct theme *theme, const char *const *folders, const struct site *site, struct diag *diag);
void theme_release(struct theme *theme);

/*
 * css/tokens.css: the settings as custom properties, colours with light values on :root and dark ones where
 * the system prefers dark. Lengths, numbers, choices and fonts are there, too.
 */
void theme_tokens(const struct theme *theme, struct buf *out);

/*
 * The settings as templates see them, in one language: a colour is {light, dark}, a choice {value, and each
 * choice by name: true or false}, an image {url, width, height}, a font that is a file {url}; these two are
 * false otherwise. Besides "css" (the same text as theme_tokens()) and "styles" (the addresses of the sheets
 * that every page links: those that themes ask for, and the admin's). `assets` is their folder's address.
 */
json_t *theme_view(const struct theme *theme, const struct site *site, const char *locale,
                   const char *assets);

/* --- files of the chain ------------------------------------------------------------------------------- */

/* "js/x.js" -> where the first theme of the chain has it, in the arena. NULL: none has. */
const char *theme_file(const struct theme *theme, const char *name);

/* The same, or where it would stand in the theme itself: for messages, and for what is read if it is there.
 */
const char *theme_path(const struct theme *theme, const char *name);

/* name below the folder of one theme of the chain, in the arena. */
const char *theme_link_path(const struct theme *theme, size_t link, const char *name);

/*
 * The files of a folder ("icons"), each from the first theme that has it, sorted by path, in the arena. What
 * is no file is a warning, as sources_list() has it. False: errors in `diag`; the list holds the rest.
 */
bool theme_files(const struct theme *theme, const char *folder, struct theme_entry **entries, size_t *count,
                 struct diag *diag);

/* --- cascade layers ----------------------------------------------------------------------------------- */

/*
 * What stands before and after a style sheet of a theme of the chain, on its first and last line: the order
 * of all layers, since nobody knows which sheet a page names first, and the sheet's own. In the arena.
 */
struct theme_wrap {
    const char *before, *after;
};
struct theme_wrap theme_css_wrap(const struct theme *theme, size_t link);

/* In place of a link: css/tokens.css, before which the themes' layers come, and the admin's own, the last. */
#define THEME_SETTINGS_LAYER SIZE_MAX
#define THEME_CUSTOM_LAYER (SIZE_MAX - 1)
#define THEME_CUSTOM_CSS "css/custom.css"

/* --- where values stand --------------------------------------------------------------------------------- */

/* Did the admin give a setting, be it by a style control, or does the default hold? */
bool theme_value_is_given(const struct theme *theme, const char *key);

/*
 * Where the value of a setting stands: in content/portal.json, in the theme.json whose default holds, or
 * among the preview's style controls.
 * `member` is "light" or "dark" of a colour, "default" of all others. `path`, unless it is NULL: as people
 * write it, "theme_settings.accent.light".
 */
struct place theme_value_place(const struct theme *theme, const struct site *site, const char *key,
                               const char *member, const char **path);

/* --- between the files of this room ------------------------------------------------------------------- */

bool theme_load_manifest(struct theme *theme, const struct site *site, struct diag *diag);
void theme_load_values(struct theme *theme, const struct site *site, struct diag *diag);
/* Errors: style sheets that cannot stand in a cascade layer (gen/check/style.h). */
void theme_check_styles(const struct theme *theme, struct diag *diag);
bool theme_load_templates(struct theme *theme, struct diag *diag);
bool theme_load_strings(struct theme *theme, const struct site *site, struct diag *diag);

/* Find the theme that the site names, and its ancestors; their manifests are read, but not checked. */
bool theme_find_chain(struct theme *theme, const char *const *folders, const struct site *site,
                      struct diag *diag);

#endif
