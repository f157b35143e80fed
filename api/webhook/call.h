/*
 * call: one POST to a program elsewhere, beside others, by libcurl.
 *
 * Only https, and only public addresses, but for networks that the deployment names: they may have plain http
 * as well. No redirect is followed and no proxy asked, so that the address which was looked at is the one
 * that hears it. A call ends after ten seconds at most, and reads no more than its bound of an answer, see
 * call_outcome.h.
 */
#ifndef GUICHET_WEBHOOK_CALL_H
#define GUICHET_WEBHOOK_CALL_H

#include "../store/hook.h"

enum { CALL_SECONDS = 10, CALL_WHY_BYTES = 256, CALL_URL_MAX = 2000 };

/* Calls of one hook at a time; there is room for as many of each, so that none waits for another's. */
enum { CALLS_OF_EACH = 4, CALLS_MAX = CALLS_OF_EACH * HOOK_MAX };

struct call_rules {
    const char *allowed; /* networks, see address.h */
    const char *ca_file; /* certificates to believe besides the system's; "": none */
};

/* What a URL must be for call_begin() to take it; NULL: it is so. */
const char *call_url_fault(const char *url);

/* Does such a URL lead, by an address in it or as "localhost", to where only rules that allow it may call?
 * What other names lead to is known when they are called. */
bool call_url_is_private(const char *url);

struct calls;
struct call;

/* NULL: no memory. `rules` must outlive it. */
struct calls *calls_open(const struct call_rules *rules);
void calls_close(struct calls *calls);

struct calling {
    const char *url;
    const unsigned char *secret;
    int64_t id; /* of the delivery, and what call_ended() tells again */
    int64_t hook_id;
    const char *body; /* copied, as all that is not the program's own */
    size_t len;
};

/* False: no memory, or the URL is not one that can be called. */
bool call_begin(struct calls *calls, const struct calling *calling, int64_t now);

/* How many are on their way; of this hook (0: of all). */
size_t calls_count(const struct calls *calls, int64_t hook_id);
bool calls_has(const struct calls *calls, int64_t id);

/* Go on with all of them, and wait for news for at most so long, or until calls_wake(). */
void calls_go_on(struct calls *calls, int ms);
void calls_wake(struct calls *calls); /* from any thread */

struct call_end {
    int64_t id, hook_id;
    int64_t took_ms;
    int status;                         /* of HTTP; 0: no answer */
    int64_t retry_ms;                   /* the answer wants so much patience; 0: it says nothing */
    char answer[HOOK_ANSWER_BYTES + 1]; /* its first bytes, as UTF-8 without controls */
    char why[CALL_WHY_BYTES];           /* "": it was taken */
};

/* One that has ended since; false: none. */
bool calls_ended(struct calls *calls, struct call_end *end);

#endif
