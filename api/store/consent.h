/*
 * consent: what people agreed to, and when.
 *
 * A version is the hash of the exact words (lib/portal.h); the words are kept once, when they were first
 * agreed to, so that they can be shown long after the settings have others. A consent is never altered or
 * removed, by anybody (T55): withdrawing it adds a row that says so.
 */
#ifndef GUICHET_STORE_CONSENT_H
#define GUICHET_STORE_CONSENT_H

#include "../../lib/portal.h"
#include "person.h"

#define CONSENTS_MAX 50

/*
 * The one rule: may somebody go on? Where the settings ask anew ("renew"), only contacts who have agreed to
 * words of today, in whichever language, and did not withdraw that; else everybody. The team always may. What
 * is read of a person has their consent with it, so the rule needs no query of its own.
 */
bool person_has_consented(const struct person *person, const struct portal *portal);

struct consent {
    const char *version, *text;
    int64_t given_at;
    int64_t withdrawn_at; /* 0: it holds */
};

/* The last first, at most CONSENTS_MAX of them. */
enum rc consent_list(struct store *store, struct arena *arena, int64_t person_id, struct consent **consents,
                     size_t *count);

/* Somebody agrees to this version, whose words these are; nothing new when they had already. */
enum rc consent_give(struct store *store, int64_t person_id, const char *version, const char *text,
                     int64_t now);

/* All that they agreed to holds no more; nothing new when nothing did. */
enum rc consent_withdraw(struct store *store, int64_t person_id, int64_t now);

#endif
