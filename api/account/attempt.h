/*
 * attempt: how often a password may be guessed, and a reset or an account asked for.
 *
 * Three limits hold for a sign-in: one place may try only so often, less often for one and the same account,
 * and all places together have an allowance per account. The last one never shuts out the owner where they
 * signed in before: such a place is known for 30 days and only has its own limits (T04).
 */
#ifndef GUICHET_ATTEMPT_H
#define GUICHET_ATTEMPT_H

#include "../server/request.h"

struct attempt {
    const char *account; /* the address as people write it, in lower case and without blanks */
    const char *place;
};

/* May a password be evaluated? It counts as a wrong one until attempt_good(). Else
 * PROBLEM_TOO_MANY_ATTEMPTS, and request->retry_ms. */
enum problem attempt_begin(struct request *request, const char *email, struct attempt *attempt);

/* It was the right one. */
void attempt_good(struct request *request, const struct attempt *attempt);

/*
 * May a reset be asked for from this place? As above. `*quiet` is set when the account had too many: then the
 * answer is as always, and nothing is sent. One mailbox has one allowance for all that this, a sign-up and a
 * link would send to it, whoever asks for it, but for those who signed in there before.
 */
enum problem attempt_reset(struct request *request, const char *email, bool *quiet);

/* The same for a sign-up. An address may also have only so many from everywhere, so that nobody's mailbox is
 * filled; a place of its own has its own allowance before that. */
enum problem attempt_sign_up(struct request *request, const char *email, bool *quiet);

/*
 * The same for mailing a link to sign in with, or one that confirms an address. Nobody can use up the owner's
 * allowance: a place of its own has its own, and where they signed in before only that one counts.
 */
enum problem attempt_link(struct request *request, const char *email, bool *quiet);

/*
 * May a code of two-step sign-in be tried for this account from this place? It counts as a wrong one until
 * attempt_code_good(). Whoever tries knows the password, or is in. A place whose owner gave a right code
 * before has only its own limit; and so has a recovery code, which nobody guesses: neither lets strangers
 * shut out the owner.
 */
enum problem attempt_code(struct request *request, const char *email, bool recovery, struct attempt *attempt);
void attempt_code_good(struct request *request, const struct attempt *attempt);

/* May a reset's token or a sign-up's code be tried from this place? */
enum problem attempt_token(struct request *request);

#endif
