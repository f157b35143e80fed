/*
 * starter: what a new portal holds: as little as builds, and as an admin would write it.
 *
 * Its texts are in English and French. Other languages begin with the English ones, until the admin has
 * translated them.
 */
#ifndef GUICHET_STARTER_H
#define GUICHET_STARTER_H

#include "../../lib/arena.h"

#include <jansson.h>
#include <stddef.h>

struct starter {
    struct arena *arena;
    const char *name;
    const char *const *locales; /* the first is the default */
    size_t locale_count;
    const char *host; /* perhaps with a port */
};

/* Each a new reference; NULL: no memory. */
json_t *starter_portal(const struct starter *starter);    /* content/portal.json */
json_t *starter_pipelines(const struct starter *starter); /* content/pipelines.json */
json_t *starter_form(const struct starter *starter);      /* content/forms/support.json */
json_t *starter_sections(const struct starter *starter);  /* content/help/sections.json */

/* content/help/<locale>/getting-started/10-signing-in.md; in English, to be translated, but for French. */
const char *starter_article(const char *locale);

#endif
