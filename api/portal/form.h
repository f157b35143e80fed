/*
 * form: what was sent for a form, held against what the form asks for.
 */
#ifndef GUICHET_FORM_H
#define GUICHET_FORM_H

#include "../../lib/arena.h"
#include "../../lib/portal.h"
#include "../server/request.h"

struct form_value {
    const struct portal_field *field;
    const char *text;    /* as sent, then as cleaned; NULL: not sent, or nothing in it */
    const char **chosen; /* MULTI_SELECT: in place of it, as sent; room for one of each option */
    size_t chosen_count;
    bool sent;         /* something came for it, maybe empty */
    size_t file_count; /* FILES */
    bool hidden;       /* not asked for, as the other values are: whatever was sent is dropped */
};

/*
 * In the form's order: clean each text (see text.h), drop what the form does not ask for (its condition does
 * not hold, or that of the field it depends on), and note what is wrong with the fields: required, too_long,
 * option, number, too_small, too_great, date. False: no memory. Good when `*error_count` is 0.
 */
bool form_check(struct form_value *values, size_t count, struct arena *arena, struct field_error *errors,
                size_t *error_count);

/* The text of a field. NULL: the form has none such, or nothing was sent. */
const char *form_text(const struct form_value *values, size_t count, const char *id);

/*
 * The answers about properties of the admin's own, as the store wants them: a JSON object by id, in the
 * arena. Of tickets: what was answered, and whether a checkbox was ticked. Of the contact: what was answered;
 * and, when `clears`, null for what was sent empty. NULL: none, or no memory (*failed).
 */
const char *form_properties(const struct form_value *values, size_t count, enum portal_object of, bool clears,
                            struct arena *arena, bool *failed);

#endif
