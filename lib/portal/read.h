/*
 * read: the compiled portal's members, in the order in which later ones refer to earlier ones.
 */
#ifndef GUICHET_PORTAL_READ_H
#define GUICHET_PORTAL_READ_H

#include "../portal.h"
#include "reader.h"

/* Fill `portal` from the reader's document. False: one error was reported. */
bool portal_read(struct portal_reader *reader, struct portal *portal);

/* The member "properties" of it (properties.c). */
void portal_read_properties(struct portal_reader *reader, struct portal *portal, const json_t *root);

/* "columns" and "page", which refer to them; notes which are shown. */
void portal_read_columns(struct portal_reader *reader, struct portal *portal, const json_t *root);

/* The member "forms" of it (read_form.c), which refers to inboxes and pipelines. */
void portal_read_forms(struct portal_reader *reader, struct portal *portal, const json_t *root);

/* A filter, or null: NULL (read_filter.c). */
const struct portal_filter *portal_read_filter(struct portal_reader *reader, const json_t *object,
                                               const char *key);

/* Who sees what (read_visible.c): refers to inboxes. */
void portal_read_visible(struct portal_reader *reader, struct portal *portal, const json_t *root);

/* The providers of single sign-on (read_providers.c). */
void portal_read_providers(struct portal_reader *reader, struct portal *portal, const json_t *root);

/* How tickets are shown and what customers may do with them (read_rules.c). */
void portal_read_rules(struct portal_reader *reader, struct portal *portal, const json_t *root);

#endif
