/*
 * theme: a folder of themes/: its manifest, templates, strings and the files that pages link to.
 *
 *     theme.json                        what it is and which settings it has (theme_settings.c)
 *     templates/{layouts,pages,partials,mail}/   named by their path without ending: "pages/home"
 *     locales/<tag>.json                the strings; en.json is the reference that others are held against
 *     css/ js/ icons/ images/ fonts/    assets, see gen/assets
 *
 * Values of the settings are the admin's ("theme_settings" of content/portal.json); a theme has defaults.
 */
#ifndef GUICHET_THEME_H
#define GUICHET_THEME_H

#include "../../lib/template.h"
#include "../site/site.h"

/* The language that all others are held against, and that fills what they lack. */
#define THEME_REFERENCE "en"

struct theme {
    struct arena *arena; /* borrowed */
    const char *name;
    const char *dir;               /* as messages name it; NULL: there is no such theme */
    struct settings_file manifest; /* theme.json */
    struct template_set *templates;
    json_t *
        values; /* each setting's value: a colour is {"light","dark"}, a text is by language; NULL: refused */
    json_t **strings; /* of each language of the site, complete; NULL when the site's were refused */
    size_t string_count;
};

/* The templates that every theme must have, ended by NULL. */
extern const char *const theme_pages[];
extern const char *const theme_mails[];

/* The folder of the themes that come with the program; a portal's own theme of that name goes before. */
extern const char theme_installed[];

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

/* The custom properties of css/tokens.css: light values on :root, dark ones where the system prefers dark. */
void theme_tokens(const struct theme *theme, struct buf *out);

/* The settings as templates see them, in one language, with "css" (the same text as theme_tokens()). */
json_t *theme_view(const struct theme *theme, const struct site *site, const char *locale);

/* --- between the files of this room ------------------------------------------------------------------- */

bool theme_load_manifest(struct theme *theme, const struct site *site, struct diag *diag);
bool theme_load_templates(struct theme *theme, struct diag *diag);
bool theme_load_strings(struct theme *theme, const struct site *site, struct diag *diag);

/* themes/default/name in the arena. */
const char *theme_path(const struct theme *theme, const char *name);

#endif
