/*
 * explain: `guichet-api explain --as ADDRESS [--ticket N]`: what somebody sees, and by which rule.
 *
 * It asks the same rule as the pages do, of the data folder and the compiled portal as they stand, beside a
 * running server or without one; it writes nothing.
 */
#ifndef GUICHET_EXPLAIN_H
#define GUICHET_EXPLAIN_H

#include "config.h"

#include <stdint.h>

struct explain_wanted {
    const char *address;
    int64_t number; /* 0: all that they see */
};

/*
 * Take "--as X" and "--ticket N" out of `args` (ended by NULL), in place. False: the command line is wrong,
 * and an error says how.
 */
bool explain_take_options(char **args, struct explain_wanted *wanted, struct diag *diag);

/* Print it to `out`. False: errors in `diag`. */
bool explain_run(const struct config *config, const struct explain_wanted *wanted, FILE *out,
                 struct diag *diag);

#endif
