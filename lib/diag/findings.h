/*
 * findings: what a struct diag holds; for the files of lib/diag, and nobody else.
 */
#ifndef GUICHET_DIAG_FINDINGS_H
#define GUICHET_DIAG_FINDINGS_H

#include "../diag.h"

struct finding {
    enum diag_level level;
    unsigned line, col;
    char *file; /* owned; NULL: none */
    char *text; /* owned; one line */
};

struct diag {
    struct finding *findings; /* in the order in which they came, some perhaps twice */
    size_t count, cap;
    size_t errors, warnings;
    size_t lost; /* counted above, but there was no memory to keep them */
};

#endif
