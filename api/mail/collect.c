#include "collect.h"

#include "../../lib/arena.h"
#include "../../lib/buf.h"
#include "../../lib/fs.h"
#include "../../lib/log.h"
#include "../../lib/pause.h"
#include "../ops/secret_setting.h"
#include "imap.h"
#include "spool.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define STATE_FILE "imap.uid"
#define PATH_BYTES 4096

struct collect {
    const struct config *config;
    const char *data;
    struct imap *imap;
    struct arena *arena; /* for one look at a time: the password */
    bool down;           /* said already that it cannot be read */
    bool running;
    pthread_t thread;
    pthread_mutex_t lock; /* guards `stopping` */
    pthread_cond_t wake;
    bool stopping;
};

/* --- what is being fetched -------------------------------------------------------------------------------
 */

static void state_path(const struct collect *collect, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s/" STATE_FILE, collect->data);
}

/* 0: nothing. */
static uint32_t state_read(const struct collect *collect)
{
    char path[PATH_BYTES];
    struct buf text;
    state_path(collect, path);
    buf_init(&text, 64);
    unsigned long uid = fs_read(path, &text) == 0 ? strtoul(text.data, NULL, 10) : 0;
    buf_release(&text);
    return uid <= UINT32_MAX ? (uint32_t)uid : 0;
}

static bool state_write(const struct collect *collect, uint32_t uid)
{
    char path[PATH_BYTES], text[16];
    state_path(collect, path);
    int len = snprintf(text, sizeof text, "%" PRIu32 "\n", uid);
    return fs_write(path, text, (size_t)len, true) == 0;
}

/* --- one look --------------------------------------------------------------------------------------------
 */

static bool hold(struct collect *collect, const char *why)
{
    if (!collect->down)
        log_event(LOG_ERROR, "imap_held", "why", why, "meaning", "mail waits there until it can be fetched",
                  NULL);
    collect->down = true;
    return false;
}

/* Into memory first: a connection that breaks leaves no half of a mail. */
static bool fetch(struct collect *collect, const struct imap_server *server, uint32_t uid)
{
    char why[IMAP_WHY_BYTES] = "the data folder cannot be written";
    int fd = memfd_create("mail", MFD_CLOEXEC);
    enum imap_answer answer = IMAP_FAILED;
    if (fd >= 0 && state_write(collect, uid))
        answer = imap_fetch(collect->imap, server, uid, fd, why);
    bool kept = answer == IMAP_GONE;
    if (answer == IMAP_TOO_LARGE) {
        log_event(LOG_WARNING, "imap_too_large", "meaning", "a mail is left where it is", NULL);
        kept = true;
    } else if (answer == IMAP_DONE) {
        kept = lseek(fd, 0, SEEK_SET) == 0 && spool_take(collect->data, fd) == SPOOL_KEPT;
        snprintf(why, sizeof why, "keeping a mail: %s", strerror(errno));
    }
    if (fd >= 0)
        close(fd);
    return kept ? true : hold(collect, why);
}

static bool is_stopping(struct collect *collect)
{
    pthread_mutex_lock(&collect->lock);
    bool stopping = collect->stopping;
    pthread_mutex_unlock(&collect->lock);
    return stopping;
}

static void look(struct collect *collect)
{
    uint32_t found[IMAP_FOUND_MAX], open = state_read(collect);
    size_t count = 0;
    char why[IMAP_WHY_BYTES];
    arena_reset(collect->arena);
    const struct imap_server server = {
        .url = collect->config->imap,
        .user = collect->config->imap_user,
        .password = secret_setting(collect->config, collect->arena, IMAP_PASSWORD_NAME),
        .ca_file = collect->config->imap_ca,
    };
    bool good = open == 0 || fetch(collect, &server, open);
    if (good && imap_unseen(collect->imap, &server, found, &count, why) != IMAP_DONE)
        good = hold(collect, why);
    for (size_t i = 0; good && i < count && !is_stopping(collect); i++)
        good = fetch(collect, &server, found[i]);
    if (good && (open || count > 0))
        good = state_write(collect, 0);
    collect->down = collect->down && !good;
}

/* True when it is time to stop. */
static bool pause_or_stop(struct collect *collect)
{
    pthread_mutex_lock(&collect->lock);
    if (!collect->stopping)
        pause_wait(&collect->wake, &collect->lock, collect->config->imap_interval * 1000L);
    bool stopping = collect->stopping;
    pthread_mutex_unlock(&collect->lock);
    return stopping;
}

static void *collect_run(void *context)
{
    struct collect *collect = context;
    do
        look(collect);
    while (!pause_or_stop(collect));
    return NULL;
}

static void release(struct collect *collect)
{
    imap_close(collect->imap);
    arena_free(collect->arena);
    pthread_cond_destroy(&collect->wake);
    pthread_mutex_destroy(&collect->lock);
    free(collect);
}

struct collect *collect_start(const struct config *config, const char *data)
{
    struct collect *collect = calloc(1, sizeof *collect);
    if (!collect)
        return NULL;
    collect->config = config;
    collect->data = data;
    pthread_mutex_init(&collect->lock, NULL);
    pthread_cond_init(&collect->wake, NULL);
    if (!*config->imap)
        return collect;
    collect->imap = imap_open();
    collect->arena = arena_new(0);
    collect->running =
        collect->imap && collect->arena && pthread_create(&collect->thread, NULL, collect_run, collect) == 0;
    if (collect->running)
        return collect;
    release(collect);
    return NULL;
}

void collect_stop(struct collect *collect)
{
    if (!collect)
        return;
    pthread_mutex_lock(&collect->lock);
    collect->stopping = true;
    pthread_cond_signal(&collect->wake);
    pthread_mutex_unlock(&collect->lock);
    if (collect->running)
        pthread_join(collect->thread, NULL);
    release(collect);
}
