#include "gate.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    int fd;
    bool asked, open;
};

struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);
    if (!gate)
        return NULL;
    gate->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (gate->fd < 0) {
        free(gate);
        return NULL;
    }
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->opened, NULL);
    return gate;
}

void gate_free(struct gate *gate)
{
    if (!gate)
        return;
    pthread_cond_destroy(&gate->opened);
    pthread_mutex_destroy(&gate->lock);
    close(gate->fd);
    free(gate);
}

void gate_ask(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    if (!gate->asked && !gate->open) {
        uint64_t one = 1;
        gate->asked = write(gate->fd, &one, sizeof one) == sizeof one;
    }
    while (gate->asked && !gate->open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

int gate_fd(const struct gate *gate)
{
    return gate->fd;
}

void gate_open(struct gate *gate)
{
    uint64_t asked;
    if (!gate)
        return;
    pthread_mutex_lock(&gate->lock);
    if (gate->asked && read(gate->fd, &asked, sizeof asked) != sizeof asked)
        asked = 0; /* it was taken already */
    gate->open = true;
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}

void gate_close(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    if (gate->open) /* who has asked already waits on */
        gate->asked = gate->open = false;
    pthread_mutex_unlock(&gate->lock);
}

bool gate_is_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    bool open = gate->open;
    pthread_mutex_unlock(&gate->lock);
    return open;
}
