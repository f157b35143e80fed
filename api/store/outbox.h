/*
 * outbox: mail that is owed, written in the same transaction as what it reports.
 *
 * A row says what happened and to whom; the mail is written from it when it is delivered. So a reset's token
 * exists only in the mail, and its hash in the store.
 */
#ifndef GUICHET_STORE_OUTBOX_H
#define GUICHET_STORE_OUTBOX_H

#include "store.h"

enum outbox_kind {
    OUTBOX_REPLY,         /* to the requester: the team answered */
    OUTBOX_COPY,          /* to a participant, or the requester: somebody replied */
    OUTBOX_INBOX_REPLY,   /* to the inbox's address: a customer replied */
    OUTBOX_INBOX_TICKET,  /* to the inbox's address: a customer filed a ticket */
    OUTBOX_INBOX_CLOSED,  /* to the inbox's address: a customer closed a ticket */
    OUTBOX_INBOX_RATED,   /* to the inbox's address: a customer said how it went */
    OUTBOX_SHARED,        /* to a participant: somebody added you to a ticket */
    OUTBOX_RECEIVED,      /* to the requester: your ticket has arrived */
    OUTBOX_RESET,         /* to a person: a link to set a new password */
    OUTBOX_INVITATION,    /* to a person: a link to set the first one */
    OUTBOX_SIGN_UP,       /* to an address that signs up: its code */
    OUTBOX_SIGN_UP_KNOWN, /* to a person: somebody signs up with your address; a link as for a reset */
    OUTBOX_SIGN_IN_LINK,  /* to a person: a link to sign in with */
    OUTBOX_ADDRESS,       /* to the address that somebody wants: a link that confirms it */
    OUTBOX_ADDRESS_OLD,   /* to their present one: another is asked for */
    OUTBOX_PASSWORD_CHANGED,
    OUTBOX_TWO_STEP_ON,
    OUTBOX_TWO_STEP_OFF,
    OUTBOX_RECOVERY_USED, /* to a person: one of their recovery codes was used */
    OUTBOX_RECOVERY_NEW,  /* to a person: they have others now */
    OUTBOX_CONSENT_WITHDRAWN,
    OUTBOX_NEW_SIGN_IN, /* to a person: somebody signed in with a browser that is not known */
    OUTBOX_ERASURE_ASKED,
    OUTBOX_ERASURE_WITHDRAWN,
    OUTBOX_ERASURE_DECLINED, /* the detail is the reason */
    OUTBOX_ERASURE_DONE,     /* to the address that they had; the last one they get */
};

struct outbox_mail {
    int64_t id;
    enum outbox_kind kind;
    int attempts;
    int64_t person_id;      /* the recipient; 0: the inbox */
    const char *to_address; /* NULL for the inbox: its address is a setting */
    const char *to_name; /* NULL also for who signs up: what they call themselves is not shown to be theirs */
    const char *locale;  /* NULL for the inbox */
    const char *inbox;   /* the ticket's; NULL for a reset */
    int64_t number;      /* the ticket's; 0: none */
    const char *subject; /* the ticket's */
    int64_t message_id;  /* 0: none */
    const char *author_first_name, *author_last_name; /* of the message, or who closed it or rated */
    bool author_staff; /* what is said of them is a setting: portal_team_name() */
    const char *author_address;
    const char *body; /* of the message, or a rating's comment */
    int64_t created_at;
    int64_t sign_up_id;       /* 0: none */
    const char *score;        /* of a rating: "good" or "bad"; NULL: none */
    struct outbox_mail *next; /* another one that this mail tells, too: digest.h of api/mail; NULL: none */
    const char *detail; /* the address that is wanted, the device that is new, where a link leads back to;
                           NULL: none */
};

/*
 * Owe a reset mail. Answers RC_OK alike whether or not the address is known (T02); at most one is owed per
 * person. `back`: the path of the portal that they were on their way to; NULL or "": none.
 */
enum rc outbox_reset(struct store *store, const char *email, const char *back, int64_t now);

/* The same for a link to sign in with. */
enum rc outbox_sign_in_link(struct store *store, const char *email, const char *back, int64_t now);

/* The next mail that is due. RC_NOT_FOUND: none. Only one deliverer may run. */
enum rc outbox_next(struct store *store, struct arena *arena, int64_t now, struct outbox_mail *mail);

enum { OUTBOX_TOGETHER_MAX = 50 };

/* All that waits to tell this person of replies on this ticket, due or not, the oldest first; the oldest so
 * many, each leading to the next. */
enum rc outbox_together(struct store *store, struct arena *arena, int64_t person_id, int64_t number,
                        struct outbox_mail **first);

/* It went out, and with it those behind it (`next`), of which that is kept. */
enum rc outbox_sent(struct store *store, const struct outbox_mail *mail, int64_t now);

/* Nobody is to have it any more: it is owed no more, and was not sent; the reason is kept. */
enum rc outbox_dropped(struct store *store, int64_t id, const char *why, int64_t now);

/* It cannot be delivered; the same, but somebody should look, and can have it sent after all. */
enum rc outbox_given_up(struct store *store, int64_t id, const char *why, int64_t now);

/*
 * For now no mail can be sent at all, and why; NULL: it can. Kept while the program runs, since it says how
 * things stand, not what happened.
 */
void outbox_hold(struct store *store, const char *why, int64_t now);

/* Since when that is so; 0: it is not. `*why` is in the arena. */
int64_t outbox_held(struct store *store, struct arena *arena, const char **why);

struct outbox_counts {
    int64_t waiting, failed;
    int64_t held_back; /* mail that came in and waits for a decision, see inbound.h */
};

enum rc outbox_count(struct store *store, struct outbox_counts *counts);

enum outbox_waits {
    OUTBOX_GIVEN_UP,
    OUTBOX_WAITS_TURN,   /* it is sent next, or soon */
    OUTBOX_WAITS_TIME,   /* it is meant to be sent later, as long as what it tells can be undone */
    OUTBOX_WAITS_RETRY,  /* it was tried, and is tried again */
    OUTBOX_WAITS_SERVER, /* no mail can be sent: outbox_held() */
    OUTBOX_WAITS_PERSON, /* whom it goes to is shut out, until they are let in again */
};

/* "turn", "time", "retry", "server", "person"; NULL: it was given up. */
const char *outbox_waits_word(enum outbox_waits waits);

/* Mail that waits, or was given up; texts are in the arena of the walk. */
struct outbox_entry {
    int64_t id;
    const char *kind;    /* "reply", ... */
    const char *address; /* NULL: that of the ticket's inbox */
    const char *inbox;   /* the ticket's; NULL: it is about none */
    int64_t number;      /* the ticket's; 0: none */
    int64_t created_at, due_at;
    int attempts;
    enum outbox_waits waits;
    const char *why;   /* it was not sent the last time, or no mail can be; NULL: it was not tried yet */
    int64_t failed_at; /* when it was given up; 0: it waits */
};

struct outbox_wanted {
    bool waiting, failed;
    int64_t after; /* behind this one; 0: from the oldest on */
    int64_t limit; /* -1: all */
    int64_t now;
};

/* False ends the walk. */
typedef bool outbox_visit(void *context, const struct outbox_entry *entry);

/* The oldest first. */
enum rc outbox_walk(struct store *store, struct arena *arena, const struct outbox_wanted *wanted,
                    outbox_visit *each, void *context);

/*
 * Owe again what was given up, with all that went out within it; `by` 0: an administrator at the machine.
 * RC_NOT_FOUND: that mail was not, or the same is owed anew.
 */
enum rc outbox_resend(struct store *store, int64_t id, int64_t by, int64_t now);

/* Try again at `next_at`; the reason is kept. */
enum rc outbox_failed(struct store *store, int64_t id, const char *why, int64_t next_at);

#endif
