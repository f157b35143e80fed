#include "style.h"

#include "../theme/overlay.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct style {
    pthread_mutex_t lock;
    json_t *overlay; /* owned; an object */
    long number;
    int fd;
};

struct style *style_new(void)
{
    struct style *style = calloc(1, sizeof *style);
    if (!style)
        return NULL;
    style->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    style->overlay = json_object();
    pthread_mutex_init(&style->lock, NULL);
    if (style->fd >= 0 && style->overlay)
        return style;
    style_free(style);
    return NULL;
}

void style_free(struct style *style)
{
    if (!style)
        return;
    pthread_mutex_destroy(&style->lock);
    json_decref(style->overlay);
    if (style->fd >= 0)
        close(style->fd);
    free(style);
}

long style_put(struct style *style, json_t *overlay)
{
    uint64_t one = 1;
    pthread_mutex_lock(&style->lock);
    json_decref(style->overlay);
    style->overlay = overlay;
    long number = ++style->number;
    pthread_mutex_unlock(&style->lock);
    ssize_t put = write(style->fd, &one, sizeof one);
    (void)put; /* the counter is full: it is readable already */
    return number;
}

int style_fd(const struct style *style)
{
    return style->fd;
}

json_t *style_now(struct style *style, long *number)
{
    pthread_mutex_lock(&style->lock);
    json_t *overlay = json_deep_copy(style->overlay);
    *number = style->number;
    pthread_mutex_unlock(&style->lock);
    return overlay;
}

json_t *style_take(struct style *style, long *number)
{
    uint64_t waiting;
    ssize_t got = read(style->fd, &waiting, sizeof waiting);
    (void)got; /* nothing to read: nothing was said since, and what was is taken again */
    return style_now(style, number);
}

void style_forget_idle(struct style *style, const json_t *settings, const json_t *given)
{
    const char *key;
    json_t *over;
    void *next;
    pthread_mutex_lock(&style->lock);
    json_object_foreach_safe(style->overlay, next, key, over)
    {
        const json_t *declared = json_object_get(settings, key);
        if (declared && overlay_is_idle(declared, json_object_get(given, key), over))
            json_object_del(style->overlay, key);
    }
    pthread_mutex_unlock(&style->lock);
}
