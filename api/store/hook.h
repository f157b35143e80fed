/*
 * hook: programs elsewhere that are told what happens, and what they are owed (webhooks).
 *
 * A delivery is written by triggers of the database in the transaction of its cause (0016_webhooks.sql): it
 * names what happened, and to what. What is said of that is read when it is sent, so a late one tells nothing
 * that is no longer so, and what was erased is in none.
 *
 * What one hook is told of one ticket, or of one person, is a lane: its deliveries are due one after the
 * other, as they happened. The next one is due when the one before it has ended, taken or given up. Of what
 * an import or the sync API writes nobody is told (sync.h).
 */
#ifndef GUICHET_STORE_HOOK_H
#define GUICHET_STORE_HOOK_H

#include "store.h"

#include <stddef.h>

enum { HOOK_SECRET_BYTES = 32, HOOK_MAX = 20, HOOK_ANSWER_BYTES = 512 };

/* Ended deliveries are kept so long, and so many of each hook. */
enum { HOOK_KEPT_DAYS = 30, HOOK_KEPT_MAX = 10000 };

/* Every kind of news, ended by NULL: "ticket.created", ... The last one, that the team wrote an internal
 * note, is only told to who asks for it by its name. */
extern const char *const hook_kinds[];
#define HOOK_NOTE "note.added"

/* What hook_test() owes; no cause has it. */
#define HOOK_TEST "test"

struct hook {
    int64_t id;
    const char *url;
    const char *events;          /* " ticket.created message.added " */
    const unsigned char *secret; /* HOOK_SECRET_BYTES; only hook_add() and hook_all() */
    int64_t created_at;
    int64_t owed, given_up; /* how many deliveries; not of hook_all() */
};

/* RC_FULL: there are HOOK_MAX already. */
enum rc hook_add(struct store *store, const struct hook *hook, int64_t now, int64_t *id);

/* With all that it is owed, and its log. */
enum rc hook_remove(struct store *store, int64_t id, int64_t now);

/* Owe it a delivery that only tries whether it is there. */
enum rc hook_test(struct store *store, int64_t id, int64_t now, int64_t *delivery);

/* False ends the walk. */
typedef bool hook_visit(void *context, const struct hook *hook);

enum rc hook_walk(struct store *store, struct arena *arena, hook_visit *each, void *context);

/* All of them with their secrets, for the one who delivers. */
enum rc hook_all(struct store *store, struct arena *arena, struct hook *hooks, size_t *count);

struct hook_delivery {
    int64_t id, hook_id;
    const char *kind;
    int64_t ticket, message_id, person_id; /* 0: none */
    const char *changed;                   /* " stage owner ": what of the ticket or person is another now */
    int64_t created_at, since_at;
    int attempts;
    /* only of hook_log() */
    int64_t due_at;            /* 0: it waits for an earlier one, or has ended */
    int64_t tried_at, took_ms; /* of the last attempt; 0: there was none */
    int status;                /* of HTTP; 0: no answer */
    const char *answer, *why;  /* NULL: none */
    int64_t ended_at;          /* 0: it is owed */
    bool given_up;
};

/* What is due for this hook, the longest due first: at most `*count`, which then says how many. */
enum rc hook_due(struct store *store, struct arena *arena, int64_t hook_id, int64_t now,
                 struct hook_delivery *deliveries, size_t *count);

/* What became of an attempt. */
struct hook_tried {
    int64_t at, took_ms;
    int status;         /* of HTTP; 0: no answer */
    const char *answer; /* its first bytes, as UTF-8; NULL: none */
    const char *why;    /* NULL: it was taken */
    int64_t next_at;    /* when to try again, unless it was taken; 0: it is given up */
};

/* RC_NOT_FOUND: it is owed no more, as its hook is gone. */
enum rc hook_note(struct store *store, int64_t id, const struct hook_tried *tried);

/* Owe again what was given up; what happened to its ticket since may be told already. RC_NOT_FOUND: it was
 * not. */
enum rc hook_resend(struct store *store, int64_t id, int64_t now);

/* 0, false: whichever. */
struct hook_log_query {
    int64_t hook_id;
    bool given_up; /* only those */
    int64_t limit;
};

typedef bool hook_log_visit(void *context, const struct hook_delivery *delivery);

/* The newest first. */
enum rc hook_log(struct store *store, struct arena *arena, const struct hook_log_query *wanted,
                 hook_log_visit *each, void *context);

/* Forget what has ended and is too old, or too much. */
enum rc hook_sweep(struct store *store, int64_t now);

/* What is said of somebody. */
struct hook_person {
    int64_t id;
    const char *role; /* "contact", "agent", "admin" */
    const char *email, *first_name, *last_name, *locale;
    const char *company;    /* NULL: none */
    const char *properties; /* a JSON object */
    bool manager, disabled;
    bool erased; /* then only the number is somebody's */
};

/* Also the disabled. */
enum rc hook_person(struct store *store, struct arena *arena, int64_t id, struct hook_person *person);

/* "good" or "bad", and the comment. RC_NOT_FOUND: the ticket is not rated. */
enum rc hook_rating(struct store *store, struct arena *arena, int64_t number, const char **score,
                    const char **comment);

#endif
