#include "news.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WAITING_MAX = 24 };

struct news {
    pthread_mutex_t lock;
    pthread_cond_t added;
    char run[24];
    long revision, built, reload, style;
    bool css_so_far; /* since the latest that succeeded, only style sheets changed */
    bool ended;
    int waiting;
    char hash[64], states[64];
    char *findings; /* owned; a JSON array */
};

struct news *news_new(void)
{
    struct news *news = calloc(1, sizeof *news);
    pthread_condattr_t attributes;
    struct timespec now;
    if (!news)
        return NULL;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(news->run, sizeof news->run, "%lx%lx", (unsigned long)getpid(),
             (unsigned long)now.tv_sec * 1000 + (unsigned long)now.tv_nsec / 1000000);
    pthread_mutex_init(&news->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&news->added, &attributes);
    pthread_condattr_destroy(&attributes);
    news->css_so_far = true;
    return news;
}

void news_free(struct news *news)
{
    if (!news)
        return;
    pthread_cond_destroy(&news->added);
    pthread_mutex_destroy(&news->lock);
    free(news->findings);
    free(news);
}

void news_add(struct news *news, const struct news_item *item)
{
    pthread_mutex_lock(&news->lock);
    news->revision++;
    news->css_so_far = news->css_so_far && item->only_css;
    if (item->done) {
        news->built = news->revision;
        if (!news->css_so_far)
            news->reload = news->revision;
        news->css_so_far = true;
        snprintf(news->hash, sizeof news->hash, "%s", item->hash);
        snprintf(news->states, sizeof news->states, "%s", item->states);
    }
    news->style = item->style;
    free(news->findings);
    news->findings = item->findings;
    pthread_cond_broadcast(&news->added);
    pthread_mutex_unlock(&news->lock);
}

/* The lock is held. */
static void wait_for_more(struct news *news, long revision, int seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    if (news->waiting >= WAITING_MAX)
        return;
    news->waiting++;
    while (!news->ended && news->revision <= revision) {
        if (pthread_cond_timedwait(&news->added, &news->lock, &until) == ETIMEDOUT)
            break;
    }
    news->waiting--;
}

const char *news_wait(struct news *news, long revision, int seconds, struct arena *arena)
{
    pthread_mutex_lock(&news->lock);
    wait_for_more(news, revision, seconds);
    const char *text = arena_printf(arena,
                                    "{\"run\":\"%s\",\"revision\":%ld,\"built\":%ld,\"reload\":%ld,"
                                    "\"hash\":\"%s\",\"states\":\"%s\",\"style\":%ld,\"findings\":%s}",
                                    news->run, news->revision, news->built, news->reload, news->hash,
                                    news->states, news->style, news->findings ? news->findings : "[]");
    pthread_mutex_unlock(&news->lock);
    return text;
}

void news_end(struct news *news)
{
    pthread_mutex_lock(&news->lock);
    news->ended = true;
    pthread_cond_broadcast(&news->added);
    pthread_mutex_unlock(&news->lock);
}

void news_now(struct news *news, char run[24], long *built)
{
    pthread_mutex_lock(&news->lock);
    memcpy(run, news->run, sizeof news->run);
    *built = news->built;
    pthread_mutex_unlock(&news->lock);
}
