/*
 * access: who is let in.
 *
 * The settings may name groups ("access": {"groups": ...}); then only contacts come in who are in one of
 * them, else everybody who is known. The team always does. Ids of groups are the settings' own: somebody may
 * be in a group that the settings do not name (any more), which lets nobody in.
 *
 * Each membership has a source: who says so. Nobody takes back another's word: what a provider of sign-ins
 * says anew each time leaves alone what the team said, and a person is in a group as long as anybody says so.
 *
 * What is read of a person (person.h, session.h) has their groups with it, so the rule needs no query of its
 * own; who is taken out of the last group that lets them in is out with the next request (T18). After
 * changing groups read the person again before asking.
 */
#ifndef GUICHET_STORE_ACCESS_H
#define GUICHET_STORE_ACCESS_H

#include "../../lib/portal.h"
#include "person.h"

#define ACCESS_BY_TEAM "team"
#define ACCESS_BY_SIGN_UP "sign_up"

/* The one rule: is this person let into this portal? */
bool person_may_enter(const struct person *person, const struct portal *portal);

/* Is this person in that group, whoever says so? */
bool person_is_in(const struct person *person, const char *group);

/*
 * Make these the groups that `source` says somebody is in: those that it named before and names no more are
 * taken away. Writes an audit row for each change, and nothing when there is none. RC_NOT_FOUND: no such
 * person.
 */
enum rc access_set(struct store *store, int64_t person_id, const char *source, const char *const *groups,
                   size_t count, int64_t now);

#endif
