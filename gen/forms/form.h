/*
 * form: the support form of content/forms/<id>.json, checked and complete.
 *
 * A form is made of fields that every ticket has, and of properties of the admin's own, of tickets or of
 * contacts. Which of the former there are, and of which type each is, stands in one list (form_field_kinds):
 * `subject` and `message` are what makes a ticket, the others are the admin's choice.
 */
#ifndef GUICHET_FORM_H
#define GUICHET_FORM_H

#include "../site/site.h"

struct form_field_kind {
    const char *id;
    const char *type;
    bool needed;  /* no ticket can be made without: must be in the form, and required */
    long max;     /* the limit when the form names none; characters, or files */
    long highest; /* the limit that a form may name */
};

/* Ended by a row without id. */
extern const struct form_field_kind form_field_kinds[];

extern const struct setting form_settings[];

struct form {
    const char *id; /* NULL: the portal has no form */
    struct settings_file file;
};

/*
 * Load the form that the site names; a site without one gives an empty form and true. References to inboxes
 * and pipelines are checked when those could be read. Release it in either case.
 */
bool form_load(struct form *form, const struct site *site, struct diag *diag);
void form_release(struct form *form);

/* What a page shows: labels in one language, see docs/portal-format.md and the page "new". New reference. */
json_t *form_view(const struct form *form, const struct site *site, const char *locale);

/* What the API wants to know: labels in all languages. New reference; JSON null when there is no form. */
json_t *form_compile(const struct form *form, const struct site *site);

#endif
