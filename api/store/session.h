/*
 * session: who is signed in. The cookie holds 256 random bits; the store holds their BLAKE2b hash (T12).
 *
 * A session ends after some time without use, longer for those who asked to stay signed in, at `expires_at`
 * at the latest, by signing out, and when the person is disabled or gets a new password. Use is written down
 * at most once a minute.
 */
#ifndef GUICHET_STORE_SESSION_H
#define GUICHET_STORE_SESSION_H

#include "person.h"

#define SESSION_HASH_BYTES 32

struct session {
    struct person person; /* whose it is, or as whom they look at the portal: see viewing.h */
    int64_t own_id;       /* whose it is, also then */
    int64_t viewing_id;   /* person.id then; 0: they look as themselves */
    int64_t viewing_until;
    const char *id;       /* what lists call it */
    const char *way;      /* see struct new_session */
    const char *provider; /* of single sign-on; NULL: none */
    bool remembered;
    int64_t expires_at; /* the absolute end */
};

/* How long sessions may go without use. */
struct session_idle {
    int64_t usual_ms;
    int64_t remembered_ms;
};

/* A session as it begins; texts are not NULL but for the provider. */
struct new_session {
    const unsigned char *hash; /* SESSION_HASH_BYTES */
    const char *id;            /* what lists call it: store_random_id() */
    int64_t person_id;
    const char *way;      /* how they showed who they are: "password", "link", ... */
    const char *provider; /* of single sign-on, by its id; NULL: none */
    const char *agent;    /* browser and system in our words; "": not known */
    const char *place;    /* see server/place.h */
    bool remembered;
    int64_t expires_at; /* the absolute end */
};

/* Also writes the audit row, which tells the way. RC_NOT_FOUND: no such person, or a disabled one. */
enum rc session_create(struct store *store, const struct new_session *session, int64_t now);

/* RC_NOT_FOUND: no such session, or it has ended. */
enum rc session_use(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                    int64_t now, struct session_idle idle, struct session *session);

/* The same without using it: its idle time goes on as if nobody had asked (T13). */
enum rc session_look(struct store *store, struct arena *arena, const unsigned char hash[SESSION_HASH_BYTES],
                     int64_t now, struct session_idle idle, struct session *session);

enum rc session_end(struct store *store, const unsigned char hash[SESSION_HASH_BYTES]);

/* Forget what ended: sessions; tokens and submissions' keys a month later. Called now and then. */
enum rc session_sweep(struct store *store, int64_t now, struct session_idle idle);

#endif
