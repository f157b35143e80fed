/*
 * form_check: what the table cannot say about a form: fields that belong to their type, that are there once,
 * and without which there is no ticket; inbox and pipeline that exist. Also fills each field's "max".
 */
#ifndef GUICHET_FORM_CHECK_H
#define GUICHET_FORM_CHECK_H

#include "form.h"

void form_check(struct form *form, const struct site *site, struct diag *diag);

const struct form_field_kind *form_field_kind(const char *id);

/* Are the ids of all its fields known? One that was refused may be any. */
bool form_knows_fields(const struct form *form);

/* The field of a checked form by id, and where it stands. NULL: it has none such. */
json_t *form_find_field(const struct form *form, const char *id, size_t *at);

/*
 * A field that is a property of the admin's own (form_property.c): what it leaves out, as type, label, help,
 * options and limits, is filled in as the property has it, and "of" says whose it is.
 */
void form_take_property(const struct form *form, size_t at, json_t *field, const struct site *site,
                        struct diag *diag);

/* What the conditions of a form name must be there, earlier, and answerable (form_conditions.c). */
void form_check_conditions(const struct form *form, const struct site *site, struct diag *diag);

/* The stage in which a pipeline's new tickets start: its first open one. NULL: unknown pipeline. */
const char *form_first_stage(const struct site *site, const char *pipeline);

#endif
