/*
 * mail_choice: what somebody wants to be told by mail.
 *
 * Only of what happens on tickets: mails about the account itself, as of a new sign-in or a changed password,
 * are nobody's choice.
 */
#ifndef GUICHET_STORE_MAIL_CHOICE_H
#define GUICHET_STORE_MAIL_CHOICE_H

#include "outbox.h"

enum mail_matter {
    MAIL_REPLIES,  /* the team answers */
    MAIL_COPIES,   /* somebody else writes */
    MAIL_SHARED,   /* they are put in copy */
    MAIL_RECEIVED, /* their ticket has arrived */
    MAIL_MATTERS,
};

/* When several replies come on one ticket; the word of each stands for it outside. */
enum mail_together { MAIL_AT_ONCE, MAIL_WITHIN_AN_HOUR, MAIL_WITHIN_A_DAY, MAIL_TOGETHERS };

struct mail_choice {
    enum mail_together together;
    bool told[MAIL_MATTERS];
};

/* "replies", "copies", "shared", "received" */
const char *mail_matter_word(enum mail_matter matter);

/* "at_once": each is a mail of its own; "hour", "day": those that come within it are one. */
const char *mail_together_word(enum mail_together together);

/* MAIL_MATTERS: no choice of anybody. */
enum mail_matter mail_matter_of(enum outbox_kind kind);

/* Who never chose is told of everything. */
enum rc mail_choice_read(struct store *store, int64_t person_id, struct mail_choice *choice);

/* What waits to be one mail goes out no later than by the new choice. RC_NOT_FOUND: there is no such person.
 */
enum rc mail_choice_write(struct store *store, int64_t person_id, const struct mail_choice *choice,
                          int64_t now);

/* Of this no more, and of the others as before. RC_NOT_FOUND: there is no such person. */
enum rc mail_choice_stop(struct store *store, int64_t person_id, enum mail_matter matter, int64_t now);

#endif
