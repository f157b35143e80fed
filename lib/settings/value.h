/*
 * value: single values of a settings file: is it one of its row's type, and what was wanted instead.
 */
#ifndef GUICHET_SETTINGS_VALUE_H
#define GUICHET_SETTINGS_VALUE_H

#include "../buf.h"
#include "../settings.h"

/* Texts and lists without limits go as far. */
enum { SETTINGS_MAX = 10000 };

/* Is the value what its row wants? For every type but LOCAL, GROUP, LIST and MAP. */
bool settings_value_fits(const struct setting *row, const json_t *value);

/* The least and the most of a row's length: characters, items. */
void settings_limits(const struct setting *row, size_t *least, size_t *most);

/* The text of a TEXT or LOCAL row: so long, and on one line. */
bool settings_text_fits(const struct setting *row, const json_t *value);

/* Is there something, but nothing that can be read? */
bool settings_is_blank(const char *text);

/* "a whole number from 1 to 100" */
void settings_add_want(struct buf *out, const struct setting *row);

/* `"ten"`, `a list`, `250 characters`: of the value, what does not fit. */
void settings_add_got(struct buf *out, const struct setting *row, const json_t *value);

/* `; did you mean "en-US"?`, or nothing. */
void settings_add_hint(struct buf *out, const struct setting *row, const json_t *value);

#endif
