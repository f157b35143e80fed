/*
 * walk: where the check of a document stands, and how it says what is wrong there.
 */
#ifndef GUICHET_SETTINGS_WALK_H
#define GUICHET_SETTINGS_WALK_H

#include "../buf.h"
#include "../settings.h"

struct walk {
    const struct json_doc *doc; /* NULL: a default, which stands in no file */
    struct diag *diag;
    struct buf pointer; /* JSON Pointer */
    struct buf path;    /* as people write it: domains[0].host */
};

/* What walk_leave() goes back to. */
struct walk_mark {
    size_t pointer, path;
};

void walk_init(struct walk *walk, const struct json_doc *doc, struct diag *diag);
void walk_release(struct walk *walk);

struct walk_mark walk_enter_key(struct walk *walk, const char *key);
struct walk_mark walk_enter_item(struct walk *walk, size_t index);
void walk_leave(struct walk *walk, struct walk_mark mark);

/* `"tickets.per_page": want a whole number from 1 to 100, got "ten"` */
void walk_refuse(const struct walk *walk, const struct setting *row, const json_t *value);

/* The same about the key itself: of an object by language or a map. */
void walk_refuse_key(const struct walk *walk, enum setting_type type, const char *key);

void walk_missing(const struct walk *walk, const struct setting *row);
void walk_unknown(const struct walk *walk, const struct setting *rows, const char *key);

/* The key that an unknown one was probably meant to be. NULL: none is near. */
const char *walk_meant(const struct setting *rows, const char *key);

#endif
