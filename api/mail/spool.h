/*
 * spool: mail that has arrived and is not dealt with yet, as files in DATA/mail-in.
 *
 * A mail is there whole and on disk, or not at all: who brought it may forget it then. Names begin with the
 * moment, so that earlier mail is dealt with first; a file is removed when what became of it is in the store.
 */
#ifndef GUICHET_MAIL_SPOOL_H
#define GUICHET_MAIL_SPOOL_H

#include "../../lib/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define SPOOL_DIR "mail-in"

enum {
    SPOOL_MAIL_MAX = 48 * 1024 * 1024, /* bytes of one mail */
    SPOOL_WAITING_MAX = 10000,         /* mails; beyond, the mail server shall keep them for a while */
};

enum spool_answer { SPOOL_KEPT, SPOOL_LATER, SPOOL_TOO_LARGE };

/*
 * Keep what a file descriptor gives up to its end. The folder is made when it is missing; what root brings
 * belongs to the data folder's owner. SPOOL_LATER: errno says why not.
 */
enum spool_answer spool_take(const char *data, int fd);

/* The path of the earliest mail, in the arena; NULL: none. */
const char *spool_first(const char *data, struct arena *arena);

/* It is dealt with. */
void spool_done(const char *path);

#endif
