/*
 * files: the settings files of a portal and of a theme, each with its table, its schema and its chapter of
 * the reference.
 */
#ifndef GUICHET_SCHEMA_FILES_H
#define GUICHET_SCHEMA_FILES_H

#include "../../lib/buf.h"
#include "../theme/theme.h"

struct schema_page {
    const char *name;  /* of its schema, content/schemas/<name>.schema.json */
    const char *file;  /* as an admin writes it */
    const char *title; /* a few words */
    const char *help;  /* a sentence */
    const struct setting *rows;
    bool is_map; /* the file is an object by id, and `rows` are those of each value */
};

/* Ended by one without name. theme.json has more than its rows: the declarations of its settings. */
extern const struct schema_page schema_pages[];

/*
 * The schema of a file. New reference. "theme_settings" of content/portal.json are those of `theme`; NULL, or
 * one that could not be read: any.
 */
json_t *schema_of(const struct schema_page *page, const struct theme *theme);

/* The reference, a help article in Markdown. */
void schema_reference(const struct theme *theme, struct buf *out);

/* The table of "theme_settings", ended by a row without key, in the arena. NULL: the theme was not read. */
const struct setting *schema_theme_rows(const struct theme *theme);

#endif
