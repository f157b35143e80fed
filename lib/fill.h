/*
 * fill: a mail's patterns with what the mail is about in place of their {placeholders}.
 *
 * Values are whatever somebody typed. In HTML they are escaped, be they in a text or in the quotes of an
 * attribute, and the generator has seen to it that they stand nowhere else.
 */
#ifndef GUICHET_FILL_H
#define GUICHET_FILL_H

#include "arena.h"
#include "locale.h"

enum { FILL_MAX = 32 }; /* values */

struct fill {
    struct arena *arena;
    const struct locale_arg *args;
    size_t count;
};

/* NULL: too long, or no memory. */
const char *fill_text(const struct fill *fill, const char *pattern);

/* The same as HTML: lines of a value stay lines, and what stands between <!--if body--> and <!--end--> is
 * left out when there is no body. */
const char *fill_html(const struct fill *fill, const char *pattern);

#endif
