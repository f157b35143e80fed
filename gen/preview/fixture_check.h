/*
 * fixture_check: what is wrong with one fixture, beyond what its table says; internal to fixtures.
 */
#ifndef GUICHET_FIXTURE_CHECK_H
#define GUICHET_FIXTURE_CHECK_H

#include "../site/settings_file.h"
#include "fixtures.h"

/* One file. What may be any JSON is taken out of it before the rest is held against the table. */
struct fixture {
    const char *id;
    struct settings_file file;
    json_t *bodies;   /* by index of the answer; owned */
    json_t *device;   /* owned; NULL: none */
    json_t *mails;    /* the same */
    json_t *settings; /* the same */
};

/* The parts that were taken out; `arena` is for messages. False: errors were added. */
bool fixture_check_free(const struct fixture *fixture, struct arena *arena, struct diag *diag);

/* All else, once the file is as its table says and the bodies are back. */
void fixture_check(const struct fixture *fixture, struct arena *arena, struct diag *diag);

#endif
