/*
 * record: what a run was made from and what it made, so that the next one can see that nothing has changed.
 *
 * It lies beside what is published, in out/.record, and is nobody's but the generator's. When it cannot be
 * read or says anything but what is there, everything is made anew.
 */
#ifndef GUICHET_RECORD_H
#define GUICHET_RECORD_H

#include "../../lib/buf.h"
#include "stage.h"

#include <stdbool.h>

/* Of one run. */
struct record {
    const struct buf *inputs; /* all that it depended on, as bytes: see ../inputs.h */
    const char *said;         /* its warnings, as it told them */
    const char *said_json;
};

/*
 * Does `out` hold what a run made from these inputs, untouched since? Then what it said, in the form that is
 * asked for, is appended to `said`.
 */
bool record_holds(const char *out, const struct buf *inputs, bool json, struct buf *said);

/* Note down a run whose files have taken their place. 0 or an errno value; then there is no record. */
int record_write(const char *out, const struct record *record, const struct stage_file *files, size_t count);

#endif
