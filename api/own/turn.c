#include "turn.h"

#include <pthread.h>
#include <stdio.h>

#define AGAIN_MS INT64_C(10000)
#define HOUR_MS INT64_C(3600000)

static const struct limit per_person = {"exports", 3, HOUR_MS / 3};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t running[TURN_AT_ONCE]; /* ids of people; 0: free */

static bool take(int64_t person_id)
{
    int64_t *room = NULL;
    bool runs = false;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < TURN_AT_ONCE; i++) {
        runs = runs || running[i] == person_id;
        room = running[i] == 0 ? &running[i] : room;
    }
    if (room && !runs)
        *room = person_id;
    pthread_mutex_unlock(&lock);
    return room && !runs;
}

enum problem turn_begin(struct request *request)
{
    char person[24];
    snprintf(person, sizeof person, "%lld", (long long)request->session.person.id);
    if (!take(request->session.person.id)) {
        request->retry_ms = AGAIN_MS;
        return PROBLEM_TOO_MANY_ATTEMPTS;
    }
    request->retry_ms = limits_take(request->server->limits, &per_person, person, "", request->now);
    if (request->retry_ms == 0)
        return PROBLEM_NONE;
    turn_end(request);
    return PROBLEM_TOO_MANY_ATTEMPTS;
}

void turn_end(const struct request *request)
{
    pthread_mutex_lock(&lock);
    for (int i = 0; i < TURN_AT_ONCE; i++)
        if (running[i] == request->session.person.id)
            running[i] = 0;
    pthread_mutex_unlock(&lock);
}
