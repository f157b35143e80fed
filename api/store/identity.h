/*
 * identity: whom a provider of single sign-on means.
 *
 * A person is known by issuer and subject, which never change, and not by an address, which may be somebody
 * else's tomorrow (OpenID Connect Core 1.0, section 5.7). An address is asked only when a subject comes for
 * the first time, only where the admin said so, and only when the provider verified it (T10).
 */
#ifndef GUICHET_STORE_IDENTITY_H
#define GUICHET_STORE_IDENTITY_H

#include "person.h"

struct identity_seek {
    const char *issuer;
    const char *subject;
    bool staff;        /* somebody of the team is meant, else a contact; never one for the other */
    const char *email; /* verified; NULL: there is none */
    bool link;         /* who is not known by their subject may be found by the address, */
    bool create;       /* or else made, as a contact with the following */
    const char *first_name;
    const char *last_name;
    const char *locale;
};

enum identity_answer {
    IDENTITY_FOUND,    /* or linked, or made: `person` is filled */
    IDENTITY_UNKNOWN,  /* nobody, and nobody may be made */
    IDENTITY_NO_EMAIL, /* nobody, for want of a verified address */
    IDENTITY_TAKEN,    /* somebody has that address, and may not be found by it */
    IDENTITY_DISABLED,
};

/*
 * Find, link or make the person, in one transaction, with the audit row "identity.link" or "identity.make".
 * A person who has an identity already, with this issuer or another, is never found by an address.
 */
enum rc identity_find(struct store *store, struct arena *arena, const struct identity_seek *seek, int64_t now,
                      struct person *person, enum identity_answer *answer);

#endif
