/*
 * demo_check: reads a demo file and says everything that is wrong with it; internal to the verb.
 */
#ifndef GUICHET_DEMO_CHECK_H
#define GUICHET_DEMO_CHECK_H

#include "../../lib/arena.h"
#include "../../lib/diag.h"
#include "../../lib/json.h"
#include "../../lib/portal.h"

/*
 * The file completed with its defaults, every reference and every attachment checked, as a new reference.
 * NULL: errors in `diag`.
 */
json_t *demo_check(const char *file, const char *portal_dir, struct arena *arena, struct diag *diag);

/*
 * "properties" of people and tickets may hold anything, which no table says: they are taken out of the
 * document before it is held against one (dates that are said as {"in_days": 8} become days), and given to
 * what that made of it. Giving drops them; `root` may be NULL.
 */
json_t *demo_take_properties(json_t *root, struct arena *arena);
void demo_give_properties(json_t *root, json_t *taken, struct arena *arena);

/* Errors about the "properties" of the ticket or person `one`, which stands at the JSON Pointer `at`. Without
 * a portal only that they are an object. */
void demo_check_properties(const struct portal *portal, enum portal_object of, const json_t *one,
                           const char *at, const struct json_doc *doc, struct arena *arena,
                           struct diag *diag);

/* The path of one of its attachments, in the arena. */
const char *demo_file_path(struct arena *arena, const char *file, const char *name);

/* How long ago a message was written, in milliseconds. */
int64_t demo_age(const json_t *said);

/* A text of an object; NULL: it has none. */
const char *demo_text(const json_t *object, const char *key);

#endif
