/*
 * prepare: makes statements where there is room for it.
 *
 * SQLite compiles a statement by recursion, some kilobytes for each level of it, and the threads that serve
 * have stacks of 100 KiB (the web server underneath). The rule of who may see what, with an admin's filters
 * in it, nests deeply enough to leave them. So statements are compiled on a thread with a stack of its own;
 * running one needs little.
 */
#ifndef GUICHET_PREPARE_H
#define GUICHET_PREPARE_H

#include <sqlite3.h>

/* As sqlite3_prepare_v3() of a statement that is kept. SQLITE_NOMEM also where no thread can be had. */
int prepare(sqlite3 *sqlite, const char *text, sqlite3_stmt **stmt);

#endif
