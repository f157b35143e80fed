/*
 * round: writers take turns, and those that wait for each other go to disk together; internal to this room.
 *
 * Going to disk takes longer than writing. So a writer that finds others waiting leaves the commit to them:
 * the last of a round commits what all of it wrote, and everybody is told what became of it. Alone, a writer
 * is a round of one. What each wrote stands or falls by itself until then (savepoints, see db.c).
 */
#ifndef GUICHET_STORE_ROUND_H
#define GUICHET_STORE_ROUND_H

#include "../../lib/rc.h"

#include <pthread.h>
#include <stdbool.h>

struct round_member;

struct rounds {
    pthread_mutex_t lock;
    pthread_cond_t turn, settled;
    bool taken;                   /* it is somebody's turn */
    unsigned waiting;             /* for a turn */
    unsigned turns;               /* that this round has had */
    struct round_member *members; /* who wait for the commit */
};

void rounds_init(struct rounds *rounds);
void rounds_destroy(struct rounds *rounds);

/* Wait for one's turn. It ends with round_pass() or round_wait(). */
void round_enter(struct rounds *rounds);

/* Is it for this turn to commit? Otherwise somebody waits who will. */
bool round_closes(struct rounds *rounds);

/* Does somebody wait for a turn? */
bool round_is_awaited(struct rounds *rounds);

/* Give the turn to the next: there is nothing of it to be committed, or the round is settled. */
void round_pass(struct rounds *rounds);

/* Wait for the commit. What became of it. */
enum rc round_wait(struct rounds *rounds);

/* This became of the commit: the others of the round are told. The turn goes on, as the first of a new
 * round's. */
void round_settle(struct rounds *rounds, enum rc rc);

#endif
