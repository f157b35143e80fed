/*
 * mail_in: guichet-api mail: takes one mail on standard input, for a mail server's pipe.
 *
 * The mail is kept in the data folder (mail/spool.h), where a server deals with it at once, or when it
 * starts: no server needs to run. The exit says what a mail server wants to know (sysexits.h): 0 it is kept;
 * 75 (EX_TEMPFAIL) not now, try again; 65 (EX_DATAERR) it is larger than any mail may be, never.
 */
#ifndef GUICHET_MAIL_IN_H
#define GUICHET_MAIL_IN_H

#include "config.h"

int mail_in_run(const struct config *config, int fd, struct diag *diag);

#endif
