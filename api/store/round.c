#include "round.h"

enum { TURNS_MAX = 64 }; /* the first of a round has waited long enough */

struct round_member {
    struct round_member *next;
    bool settled;
    enum rc rc;
};

void rounds_init(struct rounds *rounds)
{
    *rounds = (struct rounds){0};
    pthread_mutex_init(&rounds->lock, NULL);
    pthread_cond_init(&rounds->turn, NULL);
    pthread_cond_init(&rounds->settled, NULL);
}

void rounds_destroy(struct rounds *rounds)
{
    pthread_mutex_destroy(&rounds->lock);
    pthread_cond_destroy(&rounds->turn);
    pthread_cond_destroy(&rounds->settled);
}

void round_enter(struct rounds *rounds)
{
    pthread_mutex_lock(&rounds->lock);
    rounds->waiting++;
    while (rounds->taken)
        pthread_cond_wait(&rounds->turn, &rounds->lock);
    rounds->waiting--;
    rounds->taken = true;
    rounds->turns++;
    pthread_mutex_unlock(&rounds->lock);
}

/* Nobody stops waiting while the turn is ours. */
bool round_closes(struct rounds *rounds)
{
    pthread_mutex_lock(&rounds->lock);
    bool closes = rounds->waiting == 0 || rounds->turns >= TURNS_MAX;
    pthread_mutex_unlock(&rounds->lock);
    return closes;
}

bool round_is_awaited(struct rounds *rounds)
{
    pthread_mutex_lock(&rounds->lock);
    bool awaited = rounds->waiting > 0;
    pthread_mutex_unlock(&rounds->lock);
    return awaited;
}

static void end_turn(struct rounds *rounds)
{
    rounds->taken = false;
    pthread_cond_signal(&rounds->turn);
}

void round_pass(struct rounds *rounds)
{
    pthread_mutex_lock(&rounds->lock);
    end_turn(rounds);
    pthread_mutex_unlock(&rounds->lock);
}

enum rc round_wait(struct rounds *rounds)
{
    struct round_member member = {0};
    pthread_mutex_lock(&rounds->lock);
    member.next = rounds->members;
    /* cppcheck-suppress autoVariables ; a settled member is in the list no more */
    rounds->members = &member;
    end_turn(rounds);
    while (!member.settled)
        pthread_cond_wait(&rounds->settled, &rounds->lock);
    pthread_mutex_unlock(&rounds->lock);
    return member.rc;
}

void round_settle(struct rounds *rounds, enum rc rc)
{
    pthread_mutex_lock(&rounds->lock);
    for (struct round_member *member = rounds->members; member; member = member->next) {
        member->rc = rc;
        member->settled = true;
    }
    rounds->members = NULL;
    rounds->turns = 0;
    pthread_cond_broadcast(&rounds->settled);
    pthread_mutex_unlock(&rounds->lock);
}
