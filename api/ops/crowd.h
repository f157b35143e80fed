/*
 * crowd: callers who are answered beside each other, each in a thread of its own, so that one who is silent
 * keeps nobody waiting. At most CROWD_MOST; the next one waits until one of them has gone.
 */
#ifndef GUICHET_CROWD_H
#define GUICHET_CROWD_H

enum { CROWD_MOST = 16 };

struct crowd;

/* `answer` is called with each caller's descriptor, which is closed when it returns. NULL: no memory. */
struct crowd *crowd_new(void (*answer)(void *context, int caller), void *context);

/* The descriptor is the crowd's from now on. Without a thread for it, it is answered at once and here. */
void crowd_add(struct crowd *crowd, int caller);

/* Waits until all are answered. NULL is fine. */
void crowd_free(struct crowd *crowd);

#endif
