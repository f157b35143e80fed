/*
 * turn: how often people may take all of their data, and how many at a time.
 *
 * One export of a person runs at a time, TURN_AT_ONCE of all people, and a person begins three an hour.
 */
#ifndef GUICHET_TURN_H
#define GUICHET_TURN_H

#include "../server/request.h"

#define TURN_AT_ONCE 4

/* PROBLEM_TOO_MANY_ATTEMPTS: wait for request->retry_ms. Else turn_end() must follow. */
enum problem turn_begin(struct request *request);
void turn_end(const struct request *request);

#endif
