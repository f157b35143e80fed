/*
 * outcome: how a sign-in with a provider may end for the person, each with its message on the page to sign in
 * on. Why it did so, in detail, is for the log.
 */
#ifndef GUICHET_OIDC_OUTCOME_H
#define GUICHET_OIDC_OUTCOME_H

enum outcome {
    OUTCOME_GOOD,
    OUTCOME_REFUSED,     /* the provider said no, or the person did so there */
    OUTCOME_EXPIRED,     /* it took too long, or another browser or window began it */
    OUTCOME_UNAVAILABLE, /* the provider does not answer, or not as it should */
    OUTCOME_UNTRUSTED,   /* what came cannot be trusted */
    OUTCOME_NO_EMAIL,    /* it has verified no address */
    OUTCOME_UNKNOWN,     /* nobody here is meant */
    OUTCOME_TAKEN,       /* somebody here has the address, and is not connected with the provider */
    OUTCOME_DISABLED,    /* the account is no longer in use: the page that says so */
    OUTCOME_INTERNAL,
};

#endif
