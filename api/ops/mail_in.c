#include "mail_in.h"

#include "../../lib/fs.h"
#include "../mail/spool.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* A folder that is no store yet, or the name of none, may be a slip: mail waits until that is mended. */
static bool holds_store(const char *data)
{
    char path[4096];
    return snprintf(path, sizeof path, "%s/guichet.db", data) < (int)sizeof path && fs_is_file(path);
}

int mail_in_run(const struct config *config, int fd, struct diag *diag)
{
    const struct place place = {.file = config->data};
    if (!holds_store(config->data)) {
        diag_error(
            diag, place,
            "no store here; want the data folder that the server uses: --data DIR, or GUICHET_DATA. The "
            "mail was not taken: the mail server shall try again");
        return EX_TEMPFAIL;
    }
    switch (spool_take(config->data, fd)) {
    case SPOOL_KEPT:
        return EX_OK;
    case SPOOL_TOO_LARGE:
        diag_error(diag, place, "the mail is larger than %d megabytes: it is refused", SPOOL_MAIL_MAX >> 20);
        return EX_DATAERR;
    default:
        diag_error(diag, place, "the mail cannot be kept: %s; the mail server shall try again",
                   strerror(errno));
        return EX_TEMPFAIL;
    }
}
