/*
 * find: places in JSON text that is known to be well-formed.
 */
#ifndef GUICHET_JSON_FIND_H
#define GUICHET_JSON_FIND_H

#include "../json.h"

/* The byte at which the value (or its key) at `pointer` begins; of an unknown pointer, its nearest parent. */
size_t json_find(const char *text, size_t len, const char *pointer, enum json_at at);

/* Report every key that its object already has. False: there was none. */
bool json_find_duplicates(const struct json_doc *doc, struct diag *diag);

/* The byte as a place in the doc's file. */
struct place json_place_at(const struct json_doc *doc, size_t at);

#endif
