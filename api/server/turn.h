/*
 * turn: how much of what takes long may run at once, in all and of one person.
 *
 * Each that runs holds one of the server's threads. Without turns one person who asks for a large file a few
 * hundred times at once would hold them all. Thread-safe.
 */
#ifndef GUICHET_TURN_H
#define GUICHET_TURN_H

#include "request.h"

struct turn_kind {
    const char *name;   /* sets apart the turns of one kind from those of another */
    int at_once;        /* of all people; 0: half of the server's threads */
    int each;           /* of one */
    int64_t counted_ms; /* who takes longer is not counted among all any more, so that slow readers keep
                           nobody out */
};

/* The files of a view, which may be large: of tickets, of the audit log. */
extern const struct turn_kind turn_of_files;

struct turn {
    const struct turn_kind *kind; /* NULL: none is held */
    int64_t person_id, since;
    struct turn *next;
};

/*
 * Wait for nobody: either it is this request's turn at once, and turn_end() must follow, or
 * PROBLEM_TOO_MANY_ATTEMPTS: wait for request->retry_ms. `turn` must stay where it is in between.
 */
enum problem turn_begin(struct request *request, const struct turn_kind *kind, struct turn *turn);
void turn_end(struct turn *turn);

#endif
