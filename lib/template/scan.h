/*
 * scan: finds the tags of a template's source, with their places, and minds the delimiters; internal to this
 * room. The source belongs to the caller and outlives the scanner: what is found points into it.
 */
#ifndef GUICHET_TEMPLATE_SCAN_H
#define GUICHET_TEMPLATE_SCAN_H

#include "../diag.h"
#include "lines.h"

struct tag {
    char kind; /* its mark: # ^ / > < $ ! = & {   or 0 for a plain {{name}} */
    struct slice name;
    size_t start, end; /* of the whole tag in the source */
    unsigned line, col;
};

struct scanner {
    const char *file;
    const char *source;
    size_t len;
    size_t at;
    struct slice open, close; /* the delimiters */
    size_t line_start;        /* the line of the last tag, to count on from there */
    unsigned line;
    bool swallowed; /* a tag that is never closed took the rest of the source with it */
    struct diag *diag;
};

enum scan { SCAN_TAG, SCAN_BAD, SCAN_END };

void scan_begin(struct scanner *scanner, const char *file, const char *source, size_t len, struct diag *diag);

/*
 * The next tag. SCAN_BAD: an error was reported, ask again. SCAN_END: no more. A tag that sets delimiters
 * has been obeyed when it is returned.
 */
enum scan scan_next(struct scanner *scanner, struct tag *tag);

/* Is this what says of which kind a tag is? */
bool scan_is_mark(char c);

/* Where an offset of the source stands; slow, for messages. */
struct place scan_place(const struct scanner *scanner, size_t at);
#endif
