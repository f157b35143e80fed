#include "pause.h"

#include <time.h>

void pause_wait(pthread_cond_t *wake, pthread_mutex_t *lock, long ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(wake, lock, &until);
}
