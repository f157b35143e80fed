/*
 * people: what the team does with the people that the store knows: find them, also the disabled ones, add
 * them, change them, shut them out. Each call is one transaction with its audit rows; who did it is the
 * machine's administrator, and nobody that the store knows.
 */
#ifndef GUICHET_STORE_PEOPLE_H
#define GUICHET_STORE_PEOPLE_H

#include "person.h"

struct known {
    struct person person; /* with `manager`; without password and properties */
    bool disabled;
    bool has_password;
    int64_t created_at;
};

/* By address, as person_by_email(), but also the disabled. */
enum rc people_find(struct store *store, struct arena *arena, const char *email, struct known *known);

/* NULL, 0: whoever. */
struct people_query {
    const char *role;  /* "contact", "agent", "admin" */
    const char *group; /* who is in this one */
    bool disabled;     /* only those */
};

/* False ends the walk. */
typedef bool people_visit(void *context, const struct known *known);

/* In the order of their addresses. What it is given belongs to the arena. */
enum rc people_walk(struct store *store, struct arena *arena, const struct people_query *wanted,
                    people_visit *each, void *context);

/* NULL: as it is. Of somebody new email and locale must be there; names are "" when absent, the role contact.
 */
struct people_change {
    const char *email;
    const char *first_name, *last_name;
    const char *role;
    const char *locale;
    const char *company;       /* by its name, which makes it when there is none; "": no company */
    const char *manager;       /* "yes", "no" */
    const char *const *add;    /* groups, as the team says (access.h) */
    const char *const *remove; /* the same; whoever said it */
    size_t add_count, remove_count;
};

/* RC_CONFLICT: the address is somebody's, disabled or not. */
enum rc people_add(struct store *store, const struct people_change *change, int64_t now, int64_t *id);

/* RC_CONFLICT: the new address is somebody else's. RC_NOT_FOUND: no such person. A new address takes back
 * what was mailed to the old one. */
enum rc people_change(struct store *store, int64_t id, const struct people_change *change, int64_t now);

struct people_invitation {
    int64_t id;                  /* 0: somebody new, as `change` says */
    struct people_change change; /* of who is known only the groups to be added count */
    bool mail;                   /* owe them the mail */
};

/* Add, let into groups and invite all of these, or nobody. Who is owed an invitation already gets no second
 * one until that is sent. */
enum rc people_invite(struct store *store, const struct people_invitation *invitations, size_t count,
                      int64_t now);

/*
 * Shut somebody out, or let them in again. The disabled have no session any more (T14), and what was mailed
 * to them opens nothing. `*news`: they were not so before.
 */
enum rc people_disable(struct store *store, int64_t id, bool disabled, int64_t now, bool *news);

#endif
