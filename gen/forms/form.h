/*
 * form: the support forms of content/forms/<id>.json, checked and complete.
 *
 * A form is made of fields that every ticket has, and of properties of the admin's own, of tickets or of
 * contacts. Which of the former there are, and of which type each is, stands in one list (form_field_kinds):
 * `subject` and `message` are what makes a ticket, the others are the admin's choice.
 */
#ifndef GUICHET_FORMS_FORM_H
#define GUICHET_FORMS_FORM_H

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
    const char *id;
    struct settings_file file;
};

/* In the order of the settings; none: the forms are off. */
struct forms {
    struct form *items;
    size_t count;
};

/*
 * Load the forms that the site names; a site without any gives none and true. References to inboxes and
 * pipelines are checked when those could be read. Release them in either case.
 */
bool forms_load(struct forms *forms, const struct site *site, struct diag *diag);
void forms_release(struct forms *forms);

/* Let forms that were refused have settings to go on with (site/stand_in.h). False: there is no way. */
bool forms_stand_in(struct forms *forms, const struct site *site);

/*
 * What customers may choose of a category or a priority: {"category": {"bug": true, ..}, ..}, each only where
 * all of it is known. New reference.
 */
json_t *forms_offered(const struct forms *forms, const struct site *site);

/*
 * What a form's page shows: labels in one language, see docs/portal-format.md and the page "new". New
 * reference; it shares nothing that counts references with another one (gen/render/render.h, page_data()).
 */
json_t *form_view(const struct form *form, const struct site *site, const char *locale);

/* What the page shows on which one chooses a form: [{id, menu, intro}], and of both the language. New
 * reference. */
json_t *forms_view(const struct forms *forms, const struct site *site, const char *locale);

/* What the API wants to know, of each form: labels in all languages. New reference. */
json_t *forms_compile(const struct forms *forms, const struct site *site);

#endif
