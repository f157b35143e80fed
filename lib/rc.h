/*
 * rc: the few answers that every storage call gives. Mapped to HTTP in one place, api/server/problem.c.
 */
#ifndef GUICHET_RC_H
#define GUICHET_RC_H

enum rc {
    RC_OK = 0,
    RC_NOT_FOUND, /* not there, or not yours: the same */
    RC_CONFLICT,  /* somebody or something was first */
    RC_DENIED,    /* known, but may not */
    RC_BAD_INPUT,
    RC_FULL, /* a limit, a quota or the disk */
    RC_INTERNAL,
};

#endif
