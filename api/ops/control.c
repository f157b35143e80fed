#include "control.h"

#include "../../lib/log.h"
#include "../store/audit.h"
#include "admin.h"
#include "crowd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { WAITING_CALLERS = CROWD_MOST };

struct control {
    struct store *store;
    struct snapshots *snapshots;
    struct crowd *crowd;
    int folder, socket;
    int stop[2]; /* a pipe: what is written into it ends the thread */
    pthread_t thread;
};

/* By the folder's descriptor: a socket's own path may be 107 bytes long at most. */
static bool address_of(int folder, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int len =
        snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/" CONTROL_SOCKET, folder);
    return len > 0 && len < (int)sizeof address->sun_path;
}

static bool is_allowed(int caller, struct ucred *who)
{
    socklen_t len = sizeof *who;
    return getsockopt(caller, SOL_SOCKET, SO_PEERCRED, who, &len) == 0 &&
           (who->uid == geteuid() || who->uid == 0);
}

/* What is written from now on was done by this user of the machine, with this verb. */
static void tell_source(uid_t uid, const json_t *request)
{
    char actor[64];
    const char *verb = json_string_value(json_object_get(request, "verb"));
    snprintf(actor, sizeof actor, "uid %lu, %.32s", (unsigned long)uid, verb ? verb : "?");
    audit_source(actor, NULL);
}

static void answer_one(void *context, int caller)
{
    struct control *control = context;
    struct ucred who;
    if (!is_allowed(caller, &who)) {
        log_event(LOG_WARNING, "control_refused", "why", "another user", NULL);
        return;
    }
    json_t *request = control_receive(caller, store_now() + CONTROL_SECONDS * 1000);
    if (!request)
        return;
    tell_source(who.uid, request);
    const struct snapshot *snapshot = snapshots_get(control->snapshots);
    json_t *answer = admin_answer(control->store, snapshot->portal, snapshot->origins.self, request);
    snapshot_release(snapshot);
    json_decref(request);
    if (answer)
        control_send(caller, answer, store_now() + CONTROL_SECONDS * 1000);
    json_decref(answer);
}

/* False: nobody waits. */
static bool take_next(struct control *control)
{
    int caller = accept4(control->socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (caller < 0)
        return false;
    crowd_add(control->crowd, caller);
    return true;
}

/* At the end the socket has no name any more: those who wait are the last. */
static void *control_run(void *context)
{
    struct control *control = context;
    struct pollfd waits[] = {{.fd = control->socket, .events = POLLIN},
                             {.fd = control->stop[0], .events = POLLIN}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            break;
        if (waits[1].revents)
            break;
        if (waits[0].revents & POLLIN)
            take_next(control);
    }
    while (take_next(control))
        ;
    return NULL;
}

/* Nobody can reach it before it listens, and by then it is its owner's alone. */
static bool listen_there(struct control *control)
{
    struct sockaddr_un address;
    control->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (control->socket < 0 || !address_of(control->folder, &address))
        return false;
    unlinkat(control->folder, CONTROL_SOCKET, 0);
    return bind(control->socket, (struct sockaddr *)&address, sizeof address) == 0 &&
           fchmodat(control->folder, CONTROL_SOCKET, 0600, 0) == 0 &&
           listen(control->socket, WAITING_CALLERS) == 0;
}

static void control_free(struct control *control)
{
    crowd_free(control->crowd);
    const int all[] = {control->folder, control->socket, control->stop[0], control->stop[1]};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i] >= 0)
            close(all[i]);
    }
    free(control);
}

struct control *control_start(struct store *store, struct snapshots *snapshots, struct diag *diag)
{
    struct control *control = calloc(1, sizeof *control);
    if (!control)
        return NULL;
    *control = (struct control){
        .store = store, .snapshots = snapshots, .folder = -1, .socket = -1, .stop = {-1, -1}};
    control->crowd = crowd_new(answer_one, control);
    control->folder = open(store_dir(store), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (control->crowd && control->folder >= 0 && listen_there(control) &&
        pipe2(control->stop, O_CLOEXEC) == 0 &&
        pthread_create(&control->thread, NULL, control_run, control) == 0)
        return control;
    diag_error(diag, (struct place){.file = store_dir(store)}, "cannot listen on " CONTROL_SOCKET ": %s",
               strerror(errno));
    control_free(control);
    return NULL;
}

void control_stop(struct control *control)
{
    if (!control)
        return;
    unlinkat(control->folder, CONTROL_SOCKET, 0);
    if (write(control->stop[1], "", 1) == 1)
        pthread_join(control->thread, NULL);
    control_free(control);
}

/* --- the caller's end ------------------------------------------------------------------------------------
 */

/* -1: no server listens there. */
static int reach(const char *dir)
{
    struct sockaddr_un address;
    int folder = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = folder >= 0 ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    if (fd >= 0 &&
        (!address_of(folder, &address) || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)) {
        close(fd);
        fd = -1;
    }
    if (folder >= 0)
        close(folder);
    return fd;
}

/* Writes take their time in a big store: the server bounds its own work. */
static json_t *ask_server(int fd, const struct config *config, const json_t *request, struct diag *diag)
{
    json_t *answer = NULL;
    if (control_send(fd, request, store_now() + CONTROL_SECONDS * 1000))
        answer = control_receive(fd, store_now() + 60 * 1000);
    close(fd);
    if (!answer)
        diag_error(diag, (struct place){.file = config->data},
                   "the server that runs did not answer; is it yours, and of this version?");
    return answer;
}

static const char *origin_of(const struct config *config, const struct portal *portal, struct arena *arena)
{
    struct origins origins;
    return origins_make(&origins, arena, config->origin, portal) ? origins.self : "";
}

struct control_line {
    const struct config *config;
    int fd; /* of the server that runs, for the next request; -1: to be reached anew, or none runs */
    struct store *store; /* held by us; NULL: a server runs */
    struct portal *portal;
    struct arena *arena;
    const char *origin;
};

/* `held`: as store_open() has it. */
static bool hold_it_here(struct control_line *line, bool *held, struct diag *diag)
{
    const struct config *config = line->config;
    line->portal = portal_load(config->portal, diag);
    line->store = line->portal ? store_open(config->data, &(struct store_options){.held = held}, diag) : NULL;
    if (line->store) {
        line->origin = origin_of(config, line->portal, line->arena);
        return true;
    }
    portal_free(line->portal);
    line->portal = NULL;
    return false;
}

static bool find_who_does_it(struct control_line *line, struct diag *diag)
{
    const struct timespec pause = {.tv_nsec = 200 * 1000 * 1000};
    const int64_t deadline = store_now() + CONTROL_WAIT_SECONDS * 1000;
    for (;; nanosleep(&pause, NULL)) {
        bool held = false, last = store_now() >= deadline;
        line->fd = reach(line->config->data);
        if (line->fd >= 0 || hold_it_here(line, last ? NULL : &held, diag))
            return true;
        if (last)
            diag_error(diag, (struct place){.file = line->config->data},
                       "waited %d seconds for whoever holds it to answer or to end; nothing was done",
                       CONTROL_WAIT_SECONDS);
        if (!held)
            return false;
    }
}

struct control_line *control_open(const struct config *config, struct diag *diag)
{
    struct control_line *line = calloc(1, sizeof *line);
    if (!line)
        return NULL;
    *line = (struct control_line){.config = config, .fd = -1, .arena = arena_new(0)};
    if (line->arena && find_who_does_it(line, diag))
        return line;
    control_close(line);
    return NULL;
}

json_t *control_say(struct control_line *line, const json_t *request, struct diag *diag)
{
    if (line->store) {
        tell_source(geteuid(), request);
        return admin_answer(line->store, line->portal, line->origin, request);
    }
    int fd = line->fd >= 0 ? line->fd : reach(line->config->data);
    line->fd = -1;
    if (fd >= 0)
        return ask_server(fd, line->config, request, diag);
    diag_error(diag, (struct place){.file = line->config->data},
               "the server that ran has ended; run the same again, what is done stays done");
    return NULL;
}

void control_close(struct control_line *line)
{
    if (!line)
        return;
    if (line->fd >= 0)
        close(line->fd);
    store_close(line->store);
    portal_free(line->portal);
    arena_free(line->arena);
    free(line);
}

json_t *control_ask(const struct config *config, const json_t *request, struct diag *diag)
{
    struct control_line *line = control_open(config, diag);
    json_t *answer = line ? control_say(line, request, diag) : NULL;
    control_close(line);
    return answer;
}
