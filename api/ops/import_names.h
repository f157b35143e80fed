/* import_names: what things are called in the files, and what is called alike in them. */
#ifndef GUICHET_IMPORT_NAMES_H
#define GUICHET_IMPORT_NAMES_H

#include "import_files.h"

#include <jansson.h>

/* A name as text, behind `before`; false: it is none. */
bool import_name(char *out, size_t size, const char *before, const json_t *name);

/*
 * Did another record of these files have its id, and say something else? Then `report` tells it, since the
 * one that comes last would win in each run anew. Otherwise it is noted in `seen`, an object. Messages count
 * by their tickets, and are not looked at.
 */
bool import_is_double(json_t *seen, const json_t *record, const struct import_origin *origin,
                      struct diag *report);

#endif
