/*
 * formats: the written forms of settings as patterns (ECMA-262), as near as a pattern comes to
 * lib/settings/format.h.
 */
#ifndef GUICHET_SCHEMA_FORMATS_H
#define GUICHET_SCHEMA_FORMATS_H

#include "../../lib/settings.h"

#define SCHEMA_ID "^[a-z][a-z0-9_-]{0,63}$"
#define SCHEMA_ID_OR_SCHEMA "^(\\$schema|[a-z][a-z0-9_-]{0,63})$"
#define SCHEMA_LOCALE "^[a-z]{2}(-[A-Z]([A-Z]|[a-z]{3}))?$"
#define SCHEMA_LINE "^[^\\u0000-\\u001f\\u007f]*$"
#define SCHEMA_LINE_THAT_SHOWS                                                                               \
    "^[^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u001f\\u007f\\s][^\\u0000-\\u001f\\u007f]*$"

/* NULL: a type that has none. */
const char *schema_pattern(enum setting_type type);

#endif
