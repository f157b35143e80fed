/*
 * mail_check: what of a mail would go wrong only when it is sent: a {placeholder} that nothing fills, no
 * {url} in a mail whose point is to lead somewhere.
 *
 * Mails are rendered in every language, and most mistakes are in all of them: each is told once, where it
 * stands, with the languages that it is in unless it is all.
 */
#ifndef GUICHET_MAIL_CHECK_H
#define GUICHET_MAIL_CHECK_H

#include "render.h"

struct mail_check {
    const struct render *render;
    json_t *found; /* owned; by template, what is wrong with it and in which languages */
};

void mail_check_begin(struct mail_check *check, const struct render *render);

/* One mail in one language, "Subject: ..", perhaps "Button: ..", an empty line and the text. False: it has
 * not got that form, which is noted, too. */
bool mail_check_text(struct mail_check *check, const char *template, const char *locale, const char *text);

/* Errors for all that was found. Nothing may be added afterwards. */
void mail_check_end(struct mail_check *check, struct diag *diag);

#endif
