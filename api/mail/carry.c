#include "carry.h"

#include "../../lib/fs.h"
#include "../../lib/log.h"
#include "../ops/secret_setting.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct carry {
    const struct config *config;
    const char *dir;
    struct smtp *smtp;
    struct arena *arena; /* for one mail at a time */
};

struct carry *carry_open(const struct config *config, const char *dir)
{
    struct carry *carry = calloc(1, sizeof *carry);
    if (!carry)
        return NULL;
    *carry = (struct carry){.config = config, .dir = dir, .smtp = smtp_open(), .arena = arena_new(0)};
    if (*config->smtp_user && carry->arena && !secret_setting(config, carry->arena, SMTP_PASSWORD_NAME))
        log_event(LOG_ERROR, "smtp_password_missing", "set", SMTP_PASSWORD_NAME, "meaning",
                  "the mail server may take no mail", NULL);
    if (carry->smtp && carry->arena)
        return carry;
    carry_close(carry);
    return NULL;
}

void carry_close(struct carry *carry)
{
    if (!carry)
        return;
    smtp_close(carry->smtp);
    arena_free(carry->arena);
    free(carry);
}

static enum smtp_answer write_file(struct carry *carry, const struct carried *carried,
                                   char why[SMTP_WHY_BYTES])
{
    char stamp[32];
    struct tm utc;
    time_t seconds = (time_t)(carried->now / 1000);
    gmtime_r(&seconds, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    const char *folder = fs_join(carry->arena, carry->dir, "mail");
    const char *path =
        folder ? arena_printf(carry->arena, "%s/%s-%lld.eml", folder, stamp, (long long)carried->id) : NULL;
    int error = path ? fs_mkdirs(folder) : ENOMEM;
    if (error == 0)
        error = fs_write_private(path, carried->mail.bytes, carried->mail.len, true);
    snprintf(why, SMTP_WHY_BYTES, "writing the file: %s", strerror(error));
    return error ? SMTP_DOWN : SMTP_TAKEN;
}

static enum smtp_answer send(struct carry *carry, const struct carried *carried, char why[SMTP_WHY_BYTES])
{
    const struct config *config = carry->config;
    struct smtp_server server = {.url = config->smtp, .user = config->smtp_user, .ca_file = config->smtp_ca};
    if (*config->smtp_user)
        server.password = secret_setting(config, carry->arena, SMTP_PASSWORD_NAME);
    return smtp_send(carry->smtp, &server, &carried->mail, why);
}

enum smtp_answer carry_mail(struct carry *carry, const struct carried *carried, char why[SMTP_WHY_BYTES])
{
    arena_reset(carry->arena);
    return *carry->config->smtp ? send(carry, carried, why) : write_file(carry, carried, why);
}
