/*
 * system_pages: the pages that every portal has besides tickets and help: sign-in and its kin, and those that
 * say why there is nothing else.
 *
 * An admin chooses a template of the theme for each ("pages" of content/portal.json, page_settings.c) and
 * writes a text for it (content/pages/<locale>/<id>.md, gen/content/page_texts.h).
 */
#ifndef GUICHET_SYSTEM_PAGES_H
#define GUICHET_SYSTEM_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Their ids, ended by NULL. */
extern const char *const system_pages[];

/* "sign-in--split": the `len` bytes before the dashes. Is this the id of one? */
bool system_page_is(const char *id, size_t len);

#endif
