/*
 * publish: what a run makes is put together beside what is there, and takes its place in one step.
 *
 *     out/{site,portal}            what is served
 *     out/previous/{site,portal}   what was served before, for a rollback
 *     out/.staging/{site,portal}   what is put together; between runs, what was served before that: most
 *                                  of its files are those of the next run, and need not be written again
 *     out/.record                  what it was made from, see record.h
 *
 * One run at a time: the folder is locked for as long. Nothing is synced: a run that a power cut meets is
 * run again. Until publish_commit() nothing but .staging is touched.
 */
#ifndef GUICHET_PUBLISH_H
#define GUICHET_PUBLISH_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"

#include "record.h"

#include <stdbool.h>
#include <stddef.h>

struct publish;

/* Begin to write below `out`, which is made when only it is missing. NULL: errors in `diag`. */
struct publish *publish_begin(const char *out, struct diag *diag);

/*
 * Write a file, at "site/..." or "portal/..."; `path` lives until the end of the run. False: an error in
 * `diag`. Thread-safe with one `diag` per thread.
 */
bool publish_write(struct publish *publish, const char *path, const void *bytes, size_t len,
                   struct diag *diag);

/*
 * The paths of all that was written until now, in `arena`; NULL: no memory. And where such a path is while it
 * is put together, and where it is served until then.
 */
const char **publish_written(struct publish *publish, struct arena *arena, size_t *count);
const char *publish_staged(const struct publish *publish, struct arena *arena, const char *path);
const char *publish_served(const struct publish *publish, struct arena *arena, const char *path);

/*
 * Let both folders take their place, note down the run (`record`; NULL: do not), and free. False: an error in
 * `diag`, and what was served is served still.
 */
bool publish_commit(struct publish *publish, const struct record *record, struct diag *diag);

/* Give up what was written, and free. NULL is fine. */
void publish_abort(struct publish *publish);

/*
 * Let what was served before and what is served change places, site and portal together; so a second rollback
 * takes the first one back. False: an error in `diag` (there is nothing to go back to, a run is writing), and
 * nothing has moved. A power cut between the two leaves one of each: build again.
 */
bool publish_rollback(const char *out, struct diag *diag);

#endif
