/*
 * property: values of the admin's own properties: what fits their description, and what does not.
 *
 * Values are as the store keeps them: texts, choices and days ("2026-11-22") are strings, several choices are
 * arrays of strings, besides numbers and booleans. One description, that of the compiled portal, is asked for
 * whatever comes in: forms, examples, imports.
 */
#ifndef GUICHET_PROPERTY_H
#define GUICHET_PROPERTY_H

#include "../../lib/buf.h"
#include "../../lib/portal.h"

/*
 * The code of what is wrong with a value, as forms have it: "type", "too_long", "option", "date", "number",
 * "too_small", "too_great". NULL: nothing. Two equal choices are an "option" too many.
 */
const char *property_fault(const struct portal_property *property, const json_t *value);

/*
 * Is it of the property's type, whatever its limits and options are by now? What is not was kept before the
 * settings changed: it is passed over.
 */
bool property_is_of_type(const struct portal_property *property, const json_t *value);

/* The values that the store keeps for a ticket or a contact, by id. A new reference; NULL: it has none. */
json_t *property_parse(const char *stored);

/* Write its value among `values` as a member, when there is one, of its type. */
void property_write(struct buf *out, const struct portal_property *property, const json_t *values);

/* What a person is told to want in its place: "one of \"printer\", \"scanner\"". At most `size` bytes. */
void property_wants(const struct portal_property *property, char *text, size_t size);

/*
 * A number as a form sends it: "-12", "0.5": up to 15 digits, and up to 6 behind one point. False: it is
 * none.
 */
bool property_read_number(const char *text, double *number);

#endif
