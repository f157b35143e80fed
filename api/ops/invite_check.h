/*
 * invite_check: what a row of a file, or an address, says of somebody who is to be invited, and whether it
 * can be so; part of the verb invite. Every fault is added to the answer's errors.
 */
#ifndef GUICHET_INVITE_CHECK_H
#define GUICHET_INVITE_CHECK_H

#include "admin.h"

enum state { STATE_BAD, STATE_NEW, STATE_INVITED, STATE_HAS_ACCESS, STATE_DISABLED, STATE_COUNT };

struct guest {
    const char *email;
    const json_t *row; /* NULL: from the command line */
    long number;       /* of the row; -1 */
    enum state state;
    struct known known;
    struct people_invitation invitation;
};

struct invite {
    struct admin *admin;
    const char *locale;      /* of who is new and has none of their own */
    const char **locales;    /* that the portal speaks, ended by NULL */
    const char *const *into; /* groups for everybody */
    size_t into_count;
    struct guest *guests;
    size_t count, room;
};

/* Everything that is wrong with them; else their invitation is made. */
void invite_check(struct invite *invite, struct guest *guest);

/* By address, without case: whoever stands there a second time. */
void invite_check_twice(struct invite *invite);

#endif
