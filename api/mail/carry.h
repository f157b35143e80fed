/*
 * carry: where a finished mail goes: to the mail server or, where none is set, into a file.
 *
 * A file is data/mail/<UTC time>-<outbox id>.eml, which appears whole or not at all.
 */
#ifndef GUICHET_CARRY_H
#define GUICHET_CARRY_H

#include "../ops/config.h"
#include "smtp.h"

#include <stdint.h>

struct carry;

struct carried {
    int64_t id; /* of the outbox */
    int64_t now;
    struct smtp_mail mail;
};

/* `dir`: the data folder. Both must outlive it. NULL: no memory. */
struct carry *carry_open(const struct config *config, const char *dir);
void carry_close(struct carry *carry);

/* As smtp_send(); a file that cannot be written is SMTP_DOWN. */
enum smtp_answer carry_mail(struct carry *carry, const struct carried *carried, char why[SMTP_WHY_BYTES]);

#endif
