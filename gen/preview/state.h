/*
 * state: what a page in a state is told, for pages/state.js to bring about.
 */
#ifndef GUICHET_PREVIEW_STATE_H
#define GUICHET_PREVIEW_STATE_H

#include <jansson.h>
#include <stdbool.h>

/* Is there a request that the page itself has to hold back: late, in vain, without an answer? */
bool state_holds(const json_t *state);

/*
 * {"id", "offline", "patience", "device", "rules": [{"request", "outcome", "delay"}], "steps": [..]}, the
 * steps being those of the page `id` (NULL: none). New reference.
 */
json_t *state_view(const json_t *state, const char *id);

#endif
