/*
 * site: what the admin decided: content/portal.json, content/pipelines.json and content/properties.json,
 * checked and complete.
 *
 * The tables say what may stand in the files (portal_settings.c, ticket_settings.c, page_settings.c,
 * pipeline_settings.c, property_settings.c); references.c, ticket_check.c and properties.c say what must hold
 * between settings. Support forms
 * are a room of their own (gen/forms), and so are themes.
 */
#ifndef GUICHET_SITE_SITE_H
#define GUICHET_SITE_SITE_H

#include "settings_file.h"

extern const struct setting portal_settings[];
extern const struct setting ticket_settings[];   /* "tickets" in portal.json */
extern const struct setting access_settings[];   /* "access" */
extern const struct setting own_data_settings[]; /* "own_data" */
extern const struct setting consent_settings[];  /* "consent" */
extern const struct setting page_settings[];     /* "pages" */
extern const struct setting ticket_name_settings[];
extern const struct setting pipeline_fields[]; /* of each pipeline in pipelines.json */

struct site {
    struct arena *arena;             /* borrowed */
    const char *root;                /* the portal's folder, as the user named it */
    struct settings_file portal;     /* without "theme_settings", which the theme's own table checks */
    struct settings_file pipelines;  /* an object of pipelines by id */
    struct settings_file properties; /* {"tickets", "contacts"}, each by id; see properties.h */
    json_t *theme_settings;          /* owned; raw; NULL: none */
    struct json_doc style;           /* what the preview's style controls say over them; no root: nothing */

    /*
     * Borrowed from `portal`. When it was refused, NULL or 0 where this is not known, and languages and slug
     * as its raw document has them; no languages: nothing else can be looked at, either.
     */
    const char *slug;
    const char *api;
    const char *default_locale;
    const char *default_inbox;
    const char **locales;
    size_t locale_count;
    bool open;
    bool sign_up;
    bool slug_refused; /* what `slug` says is not what the admin meant: nobody knows which links lead here */

    /* From the raw document, so that theme and form can be looked at although other settings are wrong. */
    const char *theme_name;  /* NULL: not a text */
    bool theme_by_option;    /* --theme gave it, and not the portal */
    const char **form_names; /* as "form" or "forms" have them; texts that are none are NULL */
    size_t form_count;       /* 0: the forms are off */
};

/*
 * Load the files below `root`. False: errors in `diag`; what could be read is there nonetheless.
 * Release it in either case.
 */
bool site_load(struct site *site, const char *root, struct arena *arena, struct diag *diag);

/* The same, with `settings` (NULL: none) over what content/portal.json says, object by object. */
bool site_load_over(struct site *site, const char *root, json_t *settings, struct arena *arena,
                    struct diag *diag);
void site_release(struct site *site);

/* Take from the draft of `portal` what the site borrows from it, besides languages and slug. */
void site_borrow(struct site *site);

/*
 * Let the style controls of the preview say something over "theme_settings" (theme/overlay.h). Findings about
 * it name this as their file, and where in `overlay`, written with an indentation of 2, they stand.
 */
#define SITE_STYLE "style controls"
void site_take_style(struct site *site, const json_t *overlay, struct diag *diag);

/* What must hold between settings: a default that is listed, an inbox that exists, ... (references.c) */
void site_check_references(const struct site *site, struct diag *diag);

/* The part of it about "tickets" (ticket_check.c). */
void site_check_tickets(const struct site *site, struct diag *diag);

/* Does everybody of the team have one name, so that nothing may be found or sorted by this property? */
bool site_hides_owner(const struct site *site, const char *id);

/* Ids of the properties that customers may filter the list by: as set, or the columns that lend themselves. A
 * new reference. */
json_t *site_filters(const struct site *site);

/* The stage in which customers' tickets of a pipeline are closed. NULL: several would do, and none is chosen.
 */
const char *site_closed_stage(const struct site *site, const char *pipeline);

/* The open stage that a customer's reply moves a closed ticket of a pipeline to; NULL: it has no open one. */
const char *site_reopen_stage(const struct site *site, const char *pipeline);

/* The words for tickets: in every language both or none, and without braces. (ticket_name.c) */
void site_check_ticket_name(const struct site *site, struct diag *diag);

/* What the admin calls a ticket ("one") or several ("other") in a language. NULL: as the theme does. */
const char *site_ticket_name(const struct site *site, const char *locale, const char *form);

/* root/name, without a leading "./": as a message names it. In the arena. */
char *site_path(struct arena *arena, const char *root, const char *name);

/* A text that people read, in a language of the portal. After the checks never NULL for a required one. */
const char *site_text(const struct site *site, const json_t *by_language, const char *locale);

/* The language that this text is in, when that is another than the one it shows in; NULL: the same, or none.
 */
const char *site_text_lang(const struct site *site, const json_t *by_language, const char *locale);

/* The same as an object with every language of the portal; a new reference. Absent texts become "". */
json_t *site_text_all(const struct site *site, const json_t *by_language);

/* The portal's name in a language. Never NULL. */
const char *site_name(const struct site *site, const char *locale);

/* The template that the admin chose for a system page: "split". NULL: the theme's usual one. */
const char *site_variant(const struct site *site, const char *page);

/* Does the portal speak this language? */
bool site_has_locale(const struct site *site, const char *locale);

/* Which of the portal's languages it is; the first when it is none. */
size_t site_locale(const struct site *site, const char *locale);

#endif
