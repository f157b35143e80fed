/*
 * inbound_handle: deals with one mail: reads it, decides, and has the store keep what became of it.
 *
 * A mail that is dealt with twice, as after a crash, has one effect.
 */
#ifndef GUICHET_INBOUND_HANDLE_H
#define GUICHET_INBOUND_HANDLE_H

#include "../store/visible_rule.h"
#include "inbound_decide.h"

struct inbound_task {
    struct inbound_rules rules;
    const struct visible_rule *visible;
    const char *authserv;
    const char *bytes;
    size_t len;
};

/* What became of it; texts are in the arena. */
struct inbound_result {
    struct inbound_decision decision;
    int64_t number; /* of the ticket that has it now; 0: none */
};

/* RC_OK: it is dealt with, and its bytes are not needed any more. RC_FULL, RC_INTERNAL: try again later. */
enum rc inbound_handle(const struct inbound_task *task, struct arena *arena, struct inbound_result *result);

/*
 * The same of one that waits, with the team's word for its sender. RC_NOT_FOUND: it does not wait. RC_OK with
 * the verdict INBOUND_WAITS or INBOUND_REFUSED: it cannot be had, for that reason; it goes on waiting.
 */
enum rc inbound_accept(const struct inbound_task *task, struct arena *arena, int64_t id, int64_t by,
                       struct inbound_result *result);

#endif
