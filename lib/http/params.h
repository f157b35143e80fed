/*
 * params: "; name=value" after the first word of a MIME field, as browsers send them.
 */
#ifndef GUICHET_HTTP_PARAMS_H
#define GUICHET_HTTP_PARAMS_H

#include "../arena.h"

#include <stdbool.h>
#include <stddef.h>

struct param {
    const char *name; /* not closed by a NUL, as the value is not */
    size_t name_len;
    const char *value; /* as sent, without its quotes */
    size_t value_len;
    bool quoted;
};

enum param_end { PARAM_READ, PARAM_NONE, PARAM_MALFORMED };

/* The next parameter of a text, moving `at` past it. A single ';' at the end is let pass. */
enum param_end param_next(const char **at, struct param *param);

/* In any case. */
bool param_is(const struct param *param, const char *name);

/*
 * The value as a label for people, in the arena: %22 and \" are '"' (the HTML standard's way and the old
 * one), other backslashes are themselves; controls, among them %0D and %0A, become spaces; what is no UTF-8
 * becomes U+FFFD. NULL: no memory.
 */
const char *param_label(struct arena *arena, const struct param *param);

/* The value of a parameter such as filename*: UTF-8''percent-encoded (RFC 8187). NULL: malformed, no memory.
 */
const char *param_extended(struct arena *arena, const struct param *param);

#endif
