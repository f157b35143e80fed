/*
 * import: brings along what another system has: companies, contacts, tickets and their conversations.
 *
 *     guichet-api import FILE... --mapping FILE | --from lines|zendesk
 *                        [--source ID] [--dry-run] [--report FILE]
 *
 * Files are read here, and their records go in batches to whoever holds the store (control.h): beside a
 * server that runs, which goes on answering and writes for others between two batches, or into the data
 * folder itself. Each batch is one transaction, and what was brought along before is known again by its id
 * there: an import that was broken off is run again, and goes on where it was.
 *
 * A record that is refused is told with its file, line and column, and keeps nobody else out.
 */
#ifndef GUICHET_IMPORT_VERB_H
#define GUICHET_IMPORT_VERB_H

#include "config.h"

enum { IMPORT_FILES_MAX = 100 };

struct import_wanted {
    const char *files[IMPORT_FILES_MAX];
    size_t count;
    const char *mapping, *from, *source, *report; /* NULL: not given */
    bool dry;
};

/* Takes what is ours out of `args`. False: a usage error. */
bool import_take_options(char **args, struct import_wanted *wanted, struct diag *diag);

/* False: something was refused, or nothing could be done; errors are in `diag` or the report. */
bool import_run(const struct config *config, const struct import_wanted *wanted, struct diag *diag);

#endif
