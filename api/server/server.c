#include "server.h"

#include "../../lib/fs.h"
#include "../../lib/log.h"
#include "../mail/collect.h"
#include "../mail/deliver.h"
#include "../mail/receive.h"
#include "../mail/reply_token.h"
#include "../oidc/fetch.h"
#include "../oidc/provider.h"
#include "../ops/config.h"
#include "../ops/control.h"
#include "../ops/oidc_secret.h"
#include "../own/erasing.h"
#include "../store/audit.h"
#include "../store/session.h"
#include "../webhook/deliver.h"
#include "who.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LIMIT_BUCKETS 32768
#define MEMO_SLOTS 256
#define SWEEP_SECONDS 600
#define ANY_PORT ":0"

static bool start_http(struct server *server, struct diag *diag)
{
    const struct http_options options = {
        .listen = server->config->listen,
        .threads = (int)server->config->threads,
        .host_is_known = server_knows_host,
        .refuse = server_refuse,
        .handler = server_dispatch,
        .context = server,
    };
    server->http = http_server_start(&options, diag);
    return server->http != NULL;
}

/* In development the port may be any free one; only now it is known. */
static bool settle_origin(struct server *server, struct diag *diag)
{
    const char *origin = server->config->origin;
    size_t len = strlen(origin);
    if (len < strlen(ANY_PORT) || strcmp(origin + len - strlen(ANY_PORT), ANY_PORT) != 0)
        return true;
    snprintf(server->origin, sizeof server->origin, "http://localhost:%d", http_server_port(server->http));
    return snapshots_set_origin(server->snapshots, server->origin, diag);
}

static bool has_mail_key(const char *dir)
{
    char path[4096];
    return snprintf(path, sizeof path, "%s/" REPLY_KEY_FILE, dir) < (int)sizeof path && fs_is_there(path);
}

/* A new folder is said aloud: the name may have been a slip. */
static struct store *open_store(const struct config *config, struct diag *diag)
{
    const char *dir = config->data;
    bool there = fs_is_dir(dir);
    struct store *store = store_open(dir, &(struct store_options){.create = true}, diag);
    if (store && !there)
        log_event(LOG_WARNING, "data_folder_made", "folder", dir, NULL);
    if (store && there && *config->reply_address && !has_mail_key(dir))
        log_event(LOG_WARNING, "mail_key_made", "file", REPLY_KEY_FILE, "meaning",
                  "mails that were sent before cannot be answered any more; a backup may hold the old one",
                  NULL);
    return store;
}

static bool open_rooms(struct server *server, struct diag *diag)
{
    const struct config *config = server->config;
    server->snapshots = snapshots_open(config->portal, config->site, config->origin, diag);
    if (!server->snapshots)
        return false;
    server->store = open_store(config, diag);
    server->limits = limits_new(LIMIT_BUCKETS);
    server->known = limits_new(LIMIT_BUCKETS);
    server->memo = memo_new(MEMO_SLOTS);
    server->oidc = oidc_new();
    return server->store && server->limits && server->known && server->memo && server->oidc &&
           fetch_open(config->oidc_ca, diag) && start_http(server, diag) && settle_origin(server, diag);
}

static void stop_http(struct server *server)
{
    http_server_stop(server->http);
    server->http = NULL;
}

static void close_rooms(struct server *server)
{
    if (server->store)
        store_close(server->store);
    limits_free(server->limits);
    limits_free(server->known);
    memo_free(server->memo);
    oidc_free(server->oidc);
    fetch_close();
    snapshots_free(server->snapshots);
}

static void check_secrets(struct server *server)
{
    const struct snapshot *snapshot = snapshots_get(server->snapshots);
    oidc_secret_check(server->config, snapshot->portal);
    snapshot_release(snapshot);
}

static void sweep(struct server *server)
{
    const struct snapshot *snapshot = snapshots_get(server->snapshots);
    session_sweep(server->store, store_now(), who_idle(snapshot->portal));
    snapshot_release(snapshot);
}

/* The main thread's work while others serve: twice a second see what changed, now and then clear up. */
static void watch(struct server *server, const sigset_t *signals)
{
    const struct timespec half_second = {.tv_nsec = 500000000};
    for (unsigned halves = 0; sigtimedwait(signals, NULL, &half_second) < 0; halves++) {
        if (snapshots_poll(server->snapshots))
            audit_write(server->store, store_now(), 0, "settings.reload", 0, NULL);
        if (halves % (2 * SWEEP_SECONDS) == 0)
            sweep(server);
    }
}

/* What sends mail, deals with what has arrived, and fetches more. */
struct mail {
    struct deliver *deliver;
    struct receive *receive;
    struct collect *collect;
};

/* Without its thread all mail would be owed for ever, in silence. */
static bool start_mail(struct server *server, struct mail *mail, struct diag *diag)
{
    mail->deliver = deliver_start(server->store, server->snapshots, server->config);
    if (mail->deliver)
        mail->receive = receive_start(server->store, server->snapshots, server->config);
    if (mail->receive)
        mail->collect = collect_start(server->config, store_dir(server->store));
    if (!mail->collect)
        diag_error(
            diag, (struct place){.file = server->config->data},
            "cannot start what sends and receives mail: no memory or threads left, or mail.key cannot "
            "be read or made; put the one of a backup in its place, or remove it, and mails sent until "
            "now cannot be answered any more");
    return mail->collect != NULL;
}

static void stop_mail(struct mail *mail)
{
    collect_stop(mail->collect);
    receive_stop(mail->receive);
    deliver_stop(mail->deliver);
}

static struct webhooks *start_webhooks(struct server *server, struct diag *diag)
{
    struct webhooks *webhooks = webhooks_start(server->store, server->config);
    if (!webhooks)
        diag_error(diag, (struct place){0}, "cannot start what calls webhooks: no memory or threads left");
    return webhooks;
}

static void announce(const struct server *server)
{
    const char *listen = server->config->listen;
    printf("listening on http://%.*s:%d\n", (int)strcspn(listen, ":"), listen,
           http_server_port(server->http));
    fflush(stdout);
}

bool server_run(const struct config *config, struct diag *diag)
{
    struct server server = {.config = config};
    struct mail mail = {0};
    struct webhooks *webhooks = NULL;
    struct control *control = NULL;
    struct erasing *erasing = NULL;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before any thread: they all inherit it */
    bool good = open_rooms(&server, diag) && start_mail(&server, &mail, diag);
    if (good) {
        webhooks = start_webhooks(&server, diag);
        good = webhooks != NULL;
    }
    if (good) {
        control = control_start(server.store, server.snapshots, diag);
        good = control != NULL;
    }
    if (good) {
        erasing = erasing_start(server.store, server.snapshots, diag);
        good = erasing != NULL;
    }
    if (good) {
        check_secrets(&server);
        atomic_store(&server.ready, true);
        announce(&server);
        watch(&server, &signals);
        log_event(LOG_INFO, "stopping", NULL);
    }
    erasing_stop(erasing);
    stop_http(&server); /* takes seconds; administrators are answered until the store is closed */
    stop_mail(&mail);
    webhooks_stop(webhooks);
    control_stop(control);
    close_rooms(&server);
    return good;
}
