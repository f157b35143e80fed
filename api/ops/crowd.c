#include "crowd.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct crowd {
    void (*answer)(void *context, int caller);
    void *context;
    pthread_mutex_t lock; /* guards `count` */
    pthread_cond_t gone;
    int count;
};

struct member {
    struct crowd *crowd;
    int caller;
};

struct crowd *crowd_new(void (*answer)(void *context, int caller), void *context)
{
    struct crowd *crowd = calloc(1, sizeof *crowd);
    if (!crowd)
        return NULL;
    crowd->answer = answer;
    crowd->context = context;
    pthread_mutex_init(&crowd->lock, NULL);
    pthread_cond_init(&crowd->gone, NULL);
    return crowd;
}

/* Nothing of the crowd may be touched after this: who waits for the last one frees it. */
static void leave(struct crowd *crowd)
{
    pthread_mutex_lock(&crowd->lock);
    crowd->count--;
    pthread_cond_broadcast(&crowd->gone);
    pthread_mutex_unlock(&crowd->lock);
}

static void serve(struct crowd *crowd, int caller)
{
    crowd->answer(crowd->context, caller);
    close(caller);
    leave(crowd);
}

static void *member_run(void *context)
{
    struct member member = *(struct member *)context;
    free(context);
    serve(member.crowd, member.caller);
    return NULL;
}

static void wait_for_fewer_than(struct crowd *crowd, int most)
{
    while (crowd->count >= most)
        pthread_cond_wait(&crowd->gone, &crowd->lock);
}

static bool start(struct crowd *crowd, int caller)
{
    pthread_t thread;
    struct member *member = malloc(sizeof *member);
    if (!member)
        return false;
    *member = (struct member){.crowd = crowd, .caller = caller};
    if (pthread_create(&thread, NULL, member_run, member) == 0) {
        pthread_detach(thread);
        return true;
    }
    free(member);
    return false;
}

void crowd_add(struct crowd *crowd, int caller)
{
    pthread_mutex_lock(&crowd->lock);
    wait_for_fewer_than(crowd, CROWD_MOST);
    crowd->count++;
    pthread_mutex_unlock(&crowd->lock);
    if (!start(crowd, caller))
        serve(crowd, caller);
}

void crowd_free(struct crowd *crowd)
{
    if (!crowd)
        return;
    pthread_mutex_lock(&crowd->lock);
    wait_for_fewer_than(crowd, 1);
    pthread_mutex_unlock(&crowd->lock);
    pthread_cond_destroy(&crowd->gone);
    pthread_mutex_destroy(&crowd->lock);
    free(crowd);
}
