/*
 * settings_file: one JSON file of settings, the table it is held against, and its completed value.
 *
 * A file is loaded (syntax), then checked (table), so that a caller may peek at the raw document in between,
 * as when one setting names the table of another. Every later finding about the file can still name a place
 * in it.
 *
 * Whatever holds one setting against another looks at the draft, so that one run finds all there is to find:
 * null in it is what was refused, and of that nothing can be said any more.
 */
#ifndef GUICHET_SETTINGS_FILE_H
#define GUICHET_SETTINGS_FILE_H

#include "../../lib/arena.h"
#include "../../lib/json.h"
#include "../../lib/settings.h"

struct settings_file {
    struct json_doc doc;
    const struct setting *table; /* NULL until checked */
    json_t *value;               /* owned; complete; NULL: not loaded, or refused */
    json_t *draft; /* owned; the same, but null where something was refused; NULL: not loaded, or
                      no object */
};

/* Parse `path`. False: errors in `diag`, and the file is empty (a release is still fine). */
bool settings_file_load(struct settings_file *file, const char *path, struct diag *diag);

/* Check and complete. False: errors in `diag`, `value` is NULL. A file that was not loaded: false, silently.
 */
bool settings_file_check(struct settings_file *file, const struct setting *table, struct diag *diag);

void settings_file_release(struct settings_file *file);

/* Where the value at a JSON Pointer stands; the pointer is a format ("/domains/%zu/locale"). */
struct place settings_file_at(const struct settings_file *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * An error about the value at a JSON Pointer. Before the text goes its path as people write it:
 * "/domains/0/host" is "domains[0].host".
 */
void settings_file_error(const struct settings_file *file, struct diag *diag, const char *pointer,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
void settings_file_warning(const struct settings_file *file, struct diag *diag, const char *pointer,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Are two texts the same? One that is not known (NULL) is the same as none. */
bool settings_same(const char *one, const char *other);

/* Has a map of a draft surely no such key? One that was refused, or has a key that is none, might have it. */
bool settings_lacks(json_t *map, const char *key);

/*
 * A table for a document whose keys are free ids and whose values are groups of `fields`: one required row
 * per key that is there. In the arena. Keys that are no ids are errors. NULL: no memory, or the document is
 * no object (an error).
 */
const struct setting *settings_map_table(struct arena *arena, const struct settings_file *file,
                                         const struct setting *fields, struct diag *diag);

/* Is this an id as SETTING_ID wants it? */
bool settings_is_id(const char *text);

/* An error when `key`, of the object that the JSON Pointer `parent` names, is no id. */
void settings_file_check_id(const struct settings_file *file, const char *parent, const char *key,
                            struct diag *diag);

#endif
