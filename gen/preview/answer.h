/*
 * answer: what the API would say, from a state's fixture.
 */
#ifndef GUICHET_PREVIEW_ANSWER_H
#define GUICHET_PREVIEW_ANSWER_H

#include "../../lib/buf.h"

#include <jansson.h>
#include <stdbool.h>
#include <time.h>

struct answer {
    int status;
    const char *type;     /* of the body; NULL: there is none */
    long retry_after;     /* -1: not said */
    const char *location; /* below the language's home; NULL: none. Borrowed from the state */
};

/* A request. */
struct asked {
    const char *method, *path, *query; /* the path is below the API: "/tickets/7" */
    const char
        *made; /* which of the fixture's "after" the page has asked already, a '|' between; NULL: none */
};

/*
 * The state's answer to a request; its body is written
 * to `body`, moments counted from `now`. A state that knows no answer gives a problem that says so; so does
 * one whose answer never comes, since it is the page that waits (pages/state.js).
 */
void answer_make(struct answer *answer, const json_t *state, const struct asked *asked, time_t now,
                 struct buf *body);

/* Does "GET /tickets/{number}" or "GET /tickets?status=open" fit the request? */
bool answer_fits(const char *pattern, const char *method, const char *path, const char *query);

/* A copy of a body with its moments ("@-3h") as times. New reference. */
json_t *answer_at(json_t *body, time_t now);

#endif
