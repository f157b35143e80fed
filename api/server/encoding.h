/*
 * encoding: which packed form of a text a client takes.
 */
#ifndef GUICHET_ENCODING_H
#define GUICHET_ENCODING_H

#include <stdbool.h>

enum encoding { ENCODING_BROTLI, ENCODING_GZIP, ENCODING_COUNT, ENCODING_NONE = ENCODING_COUNT };

struct encoding_row {
    const char *name;   /* as in Content-Encoding: "br" */
    const char *ending; /* of the packed file: ".br" */
};

extern const struct encoding_row encoding_rows[ENCODING_COUNT];

/*
 * The one that an Accept-Encoding header (NULL: none) wants most of those that are `there`, brotli where it
 * does not care (RFC 9110, section 12.5.3). What is not well formed counts as not there.
 */
enum encoding encoding_choose(const char *accept, const bool there[ENCODING_COUNT]);

#endif
