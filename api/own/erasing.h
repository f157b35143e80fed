/*
 * erasing: the thread that carries out what store/erase.h keeps, beside those that serve. It begins where it
 * was when the program was stopped or killed.
 */
#ifndef GUICHET_ERASING_H
#define GUICHET_ERASING_H

#include "../../lib/diag.h"
#include "../server/snapshot.h"
#include "../store/store.h"

struct erasing;

/* NULL: no memory or no thread, an error in `diag`. */
struct erasing *erasing_start(struct store *store, struct snapshots *snapshots, struct diag *diag);

/* Breaks off what may be broken off, and waits for the rest. NULL is nothing to be stopped. */
void erasing_stop(struct erasing *erasing);

#endif
