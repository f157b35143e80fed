/*
 * audit: `guichet-api audit [--since DAY] [--until DAY] [--action WORD] [--person ADDRESS] [--json]`: what
 * was done, the newest first, as lines to read or as JSON lines.
 *
 * It reads the data folder beside a running server or without one, and writes nothing.
 */
#ifndef GUICHET_OPS_AUDIT_H
#define GUICHET_OPS_AUDIT_H

#include "config.h"

struct audit_wanted {
    const char *since, *until, *action, *person; /* NULL: not said */
    bool json;
};

/* Take these options out of `args` (ended by NULL), in place. False: errors in `diag`. */
bool audit_take_options(char **args, struct audit_wanted *wanted, struct diag *diag);

/* Print it to `out`. False: errors in `diag`. */
bool audit_run(const struct config *config, const struct audit_wanted *wanted, FILE *out, struct diag *diag);

#endif
