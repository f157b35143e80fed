/*
 * schema: JSON Schema (draft 2020-12) of the tables of settings, for editors.
 *
 * An editor that knows it completes keys and values, shows their help and underlines what is wrong. It says
 * the same as the tables as far as JSON Schema can; what must hold between settings only `check` sees. What
 * is not required may also be null, as everywhere.
 */
#ifndef GUICHET_SCHEMA_H
#define GUICHET_SCHEMA_H

#include "../../lib/settings.h"

/* A document that holds a file with these rows; "$schema" is one more key. New reference. */
json_t *schema_file(const char *title, const char *help, const struct setting *rows);

/* The same for a file whose keys are free ids and whose values are groups of `fields`. */
json_t *schema_map_file(const char *title, const char *help, const struct setting *fields);

/* What one row takes. New reference. */
json_t *schema_value(const struct setting *row);

/* An object of these rows; `strict`: those that are required are. New reference. */
json_t *schema_object(const struct setting *rows, bool strict);

/* What refers to the definition of a filter, and "$defs" for a document that has one (filter_schema.c). */
json_t *schema_filter(void);
json_t *schema_filter_definitions(void);

/* The head of a document: "$schema" and title. New reference. */
json_t *schema_head(const char *title, const char *help);

#endif
