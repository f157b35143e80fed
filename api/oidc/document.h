/*
 * document: what providers of single sign-on say about themselves, kept by address, as text.
 *
 * A document is fresh for an hour; while it cannot be had anew it serves for a day. One calls for it at a
 * time; a few others wait a moment for what comes of that. Who was asked in vain is left alone for a minute.
 * The lock is never held during a call. Thread-safe.
 */
#ifndef GUICHET_OIDC_DOCUMENT_H
#define GUICHET_OIDC_DOCUMENT_H

#include "provider.h"

#include <stdbool.h>

enum document_look {
    DOCUMENT_HERE, /* it is here */
    DOCUMENT_CALL, /* whoever asked calls for it now; document_keep() must follow */
    DOCUMENT_NONE, /* it cannot be had for now */
};

/* A copy of what is kept, in the arena of who asks. */
enum document_look document_look(const struct asking *asking, const char *url, const char **text);

/* The one from before, of a day at most, for whom the call was in vain; NULL: there is none. */
const char *document_old(const struct asking *asking, const char *url);

/* What came of the call. `text` NULL: nothing, and what there is stays. `asked` false: nobody was asked, so
 * that one may try again at once. */
void document_keep(const struct asking *asking, const char *url, const char *text, bool asked);

/* May a fresh one be asked for anew? Who may has done so. */
bool document_may_force(const struct asking *asking, const char *url);

#endif
