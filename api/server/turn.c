#include "turn.h"

#include "../ops/config.h"

#include <pthread.h>
#include <string.h>

#define AGAIN_MS INT64_C(10000)

const struct turn_kind turn_of_files = {"files", 0, 10, INT64_MAX};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct turn *running; /* on the stacks of those who hold them */

static bool has_room(const struct turn *wanted, long threads)
{
    const struct turn_kind *kind = wanted->kind;
    long most = kind->at_once ? kind->at_once : threads / 2;
    int all = 0, own = 0;
    for (const struct turn *turn = running; turn; turn = turn->next) {
        if (strcmp(turn->kind->name, kind->name) != 0)
            continue;
        all += wanted->since - turn->since < kind->counted_ms;
        own += turn->person_id == wanted->person_id;
    }
    return all < most && own < kind->each;
}

enum problem turn_begin(struct request *request, const struct turn_kind *kind, struct turn *turn)
{
    *turn = (struct turn){.kind = kind, .person_id = request->session.own_id, .since = request->now};
    pthread_mutex_lock(&lock);
    bool room = has_room(turn, request->server->config->threads);
    if (room) {
        turn->next = running;
        running = turn;
    }
    pthread_mutex_unlock(&lock);
    if (room)
        return PROBLEM_NONE;
    turn->kind = NULL;
    request->retry_ms = AGAIN_MS;
    return PROBLEM_TOO_MANY_ATTEMPTS;
}

void turn_end(struct turn *turn)
{
    if (!turn->kind)
        return;
    pthread_mutex_lock(&lock);
    struct turn **link = &running;
    while (*link != turn)
        link = &(*link)->next;
    *link = turn->next;
    pthread_mutex_unlock(&lock);
    turn->kind = NULL;
}
