/*
 * demo_check: reads a demo file and says everything that is wrong with it; internal to the verb.
 */
#ifndef GUICHET_DEMO_CHECK_H
#define GUICHET_DEMO_CHECK_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "../../lib/json.h"

/*
 * The file completed with its defaults, every reference and every attachment checked, as a new reference.
 * NULL: errors in `diag`.
 */
json_t *demo_check(const char *file, const char *portal_dir, struct arena *arena, struct diag *diag);

/* The path of one of its attachments, in the arena. */
const char *demo_file_path(struct arena *arena, const char *file, const char *name);

/* How long ago a message was written, in milliseconds. */
int64_t demo_age(const json_t *said);

/* A text of an object; NULL: it has none. */
const char *demo_text(const json_t *object, const char *key);

#endif
