/*
 * profile: people and companies as the team looks at them: who there is, what is known of one, and what
 * happened with them.
 */
#ifndef GUICHET_STORE_PROFILE_H
#define GUICHET_STORE_PROFILE_H

#include "people.h"
#include "ticket.h"

/* The newest first; NULL and 0: all, from the newest on. */
struct profile_query {
    const char *q; /* part of a name, an address or a company's name, whatever the case and accents */
    int64_t company_id;
    int64_t before; /* behind the one of this number */
    int64_t limit;
};

struct profile_row {
    int64_t id;
    enum role role;
    const char *email, *first_name, *last_name;
    int64_t company_id;
    const char *company; /* NULL: none */
    int64_t created_at;
    int64_t signed_in_at; /* the last time; 0: never */
    bool disabled;
};

/* False ends the walk. Texts are in the arena. */
typedef bool profile_visit(void *context, const struct profile_row *row);

/* Whoever was erased is not there any more. */
enum rc profile_walk(struct store *store, struct arena *arena, const struct profile_query *wanted,
                     profile_visit *each, void *context);

struct company_row {
    int64_t id;
    const char *name;
    int64_t created_at, people;
    int64_t open, closed; /* tickets */
};

typedef bool company_visit(void *context, const struct company_row *row);

/* `viewer`: somebody of the team. */
enum rc company_walk(struct store *store, struct arena *arena, const struct viewer *viewer,
                     const struct profile_query *wanted, company_visit *each, void *context);

struct profile {
    struct known known;
    const char *properties; /* of the admin's own, a JSON object */
    bool two_step;
    int64_t identities;   /* at providers of single sign-on */
    int64_t sessions;     /* that may go on */
    int64_t signed_in_at; /* the last time; 0: never */
    int64_t consent_at;   /* the last one; 0: none */
    int64_t withdrawn_at; /* of that one; 0: it holds */
    bool wants_erasure;
    int64_t open, closed; /* tickets that they asked for */
};

/* RC_NOT_FOUND: there is no such person, or they were erased. */
enum rc profile_get(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t id,
                    int64_t now, struct profile *profile);

/* --- what happened ---------------------------------------------------------------------------------------
 */

enum event_source {
    EVENT_DONE,     /* `what` is an action of the audit log */
    EVENT_MAIL_OUT, /* a kind of mail, which was sent or given up */
    EVENT_MAIL_IN,  /* what became of a mail of theirs: "reply", "ticket", ... */
};

struct event {
    int64_t at, id;
    enum event_source source;
    const char *what, *detail, *place;
    bool failed;
    int64_t person_id;
    const char *first_name, *last_name;
    int64_t number;      /* of a ticket; 0: none */
    const char *subject; /* the ticket's; NULL: none */
};

struct event_query {
    int64_t person_id, company_id; /* whose: either one person's, or of all people of a company */
    int64_t at, id;                /* behind the one of these; `at` 0: from the newest on */
    enum event_source source;
    int64_t limit;
};

typedef bool event_visit(void *context, const struct event *event);

/* The newest first. */
enum rc event_walk(struct store *store, struct arena *arena, const struct viewer *viewer,
                   const struct event_query *wanted, event_visit *each, void *context);

#endif
