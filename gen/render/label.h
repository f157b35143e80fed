/*
 * label: the labels of properties and of their options, which an admin wrote, as templates see them.
 */
#ifndef GUICHET_RENDER_LABEL_H
#define GUICHET_RENDER_LABEL_H

#include "../site/site.h"

/* Set "label", "" for none, and "label_lang", the language that it is in when that is not the page's, or
 * false. */
void label_set(json_t *view, const struct site *site, const json_t *by_language, const char *locale);

/* [{value, label, label_lang}] of a property's "options"; none for NULL. New reference. */
json_t *label_options(const struct site *site, const json_t *options, const char *locale);

#endif
