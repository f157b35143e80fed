/*
 * pause: how a thread with work now and then waits for more.
 */
#ifndef GUICHET_PAUSE_H
#define GUICHET_PAUSE_H

#include <pthread.h>

/*
 * Wait until somebody signals `wake`, for at most so many milliseconds; it may also end early for nothing.
 * The caller holds `lock`, has looked whether there is anything to wait for, and looks again afterwards.
 * `wake` has the clock that conditions have by default.
 */
void pause_wait(pthread_cond_t *wake, pthread_mutex_t *lock, long ms);

#endif
