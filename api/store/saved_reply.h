/*
 * saved_reply: texts that the team keeps ready for what it answers often.
 *
 * Two of one title are told apart by language or inbox, else the second is refused: who chooses sees titles.
 * A name of who was erased is what their row of person says by then; the text is the team's and stays.
 */
#ifndef GUICHET_STORE_SAVED_REPLY_H
#define GUICHET_STORE_SAVED_REPLY_H

#include "ticket.h"

enum { SAVED_REPLIES_MAX = 200 };

struct saved_reply {
    int64_t id, version;
    const char *title;
    const char *body;                   /* of a walk only its first SAVED_REPLY_START characters */
    const char *locale;                 /* NULL: for all */
    const char *inbox;                  /* NULL: for all */
    const char *first_name, *last_name; /* of who wrote it last */
    int64_t changed_at;
};

enum { SAVED_REPLY_START = 1000 };

/* Which, and in which order: those of this language first, then those for all. NULL: by title alone. */
struct saved_reply_query {
    const char *locale;
    const char *inbox; /* only those for it or for all; NULL: every one */
};

/* What it points at is in the arena. */
typedef void saved_reply_visit(void *context, const struct saved_reply *reply);

enum rc saved_reply_walk(struct store *store, struct arena *arena, const struct saved_reply_query *wanted,
                         saved_reply_visit *visit, void *context);

enum rc saved_reply_get(struct store *store, struct arena *arena, int64_t id, struct saved_reply *reply);

/*
 * Of the reply title, body, locale and inbox are read, and to change one id and version. RC_BAD_INPUT:
 * another has its title; RC_DENIED: there are as many as there may be; RC_CONFLICT: it has another version by
 * now; RC_NOT_FOUND: it is not there any more. Then nothing was changed.
 */
enum rc saved_reply_add(struct store *store, const struct saved_reply *reply, int64_t person_id, int64_t now,
                        int64_t *id);
enum rc saved_reply_change(struct store *store, const struct saved_reply *reply, int64_t person_id,
                           int64_t now);
enum rc saved_reply_remove(struct store *store, int64_t id, int64_t version, int64_t person_id, int64_t now);

#endif
