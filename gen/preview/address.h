/*
 * address: what a path of the preview means.
 *
 *     /support/en/tickets/                            a page as it is published, with its usual state's API
 *     /__preview/                                     the grid; below it also its own files
 *     /__preview/<look>/<state>/support/en/tickets/   a page in a state
 *     /__preview/<look>/<state>/@api/tickets          what the API answers in a state
 *     /__preview/<look>/<state>/@mail/en/reset.html   a mail in a state (letters.h)
 *     /__preview/<look>/-/support/assets/..           assets, which are the same in all states
 *
 * A look is "auto", "light" or "dark", which settles what a reader's system would say; followed by "-long" it
 * is in the pseudo-language, and by "-rtl" in the same from right to left.
 */
#ifndef GUICHET_PREVIEW_ADDRESS_H
#define GUICHET_PREVIEW_ADDRESS_H

#include "../../lib/arena.h"

#include <stdbool.h>

#define PREVIEW_PATH "/__preview/"
#define PREVIEW_API "/@api"

enum address_kind { ADDRESS_PORTAL, ADDRESS_OWN, ADDRESS_STATE };

struct address {
    enum address_kind kind;
    const char *scheme; /* "light", "dark"; NULL: as the reader's system has it */
    bool pseudo, rtl;
    const char *look;   /* "/__preview/dark-long"; "": as it is published */
    const char *prefix; /* "/__preview/dark-long/many"; "" */
    const char *state;  /* "many"; NULL: the usual one */
    const char *rest;   /* in the portal: "/support/en/tickets/"; of the preview's own files: "live.js" */
};

/* Take a path apart. False: it is the preview's, but means nothing. */
bool address_read(struct address *address, const char *path, struct arena *arena);

#endif
