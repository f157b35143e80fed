/*
 * own: what the handlers of one's own account have in common.
 */
#ifndef GUICHET_OWN_H
#define GUICHET_OWN_H

#include "../server/request.h"

/*
 * Is it them, and not somebody who found their device open? The password is asked for again, within the
 * limits of signing in; who has none is believed. PROBLEM_INVALID: it is wrong, noted of this field. `person`
 * gets who they are with the password's hash.
 */
enum problem own_check_password(struct request *request, const char *field, const char *password,
                                struct person *person);

/*
 * The same, before something that somebody else must not do with a session that was left open: who has no
 * password must have signed in within the last OWN_RECENT_MINUTES. PROBLEM_INVALID: "not_recent" else.
 */
#define OWN_RECENT_MINUTES 15
enum problem own_prove(struct request *request, const char *field, const char *password,
                       struct person *person);

#endif
