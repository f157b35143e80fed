#include "preview.h"

#include "../../lib/fs.h"
#include "../theme/theme.h"
#include "building.h"
#include "folder.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#define PORT_UNLESS_SET "8090"
enum { THREADS = 96, SETTLE_MS = 20, FOLDERS_MAX = 4 };

struct preview {
    const struct preview_options *options;
    FILE *out;
    struct arena *arena;
    struct diag *diag; /* of what is no build */
    struct folder folder;
    struct desk desk;
    struct building building;
    struct watch *watch;
    struct http_server *http;
    int signals;
};

/* --- waiting for something to do ---------------------------------------------------------------------------
 */

static void loop(struct preview *preview)
{
    struct building *building = &preview->building;
    struct pollfd wait[] = {{.fd = preview->signals, .events = POLLIN},
                            {.fd = watch_fd(preview->watch), .events = POLLIN},
                            {.fd = gate_fd(preview->desk.gate), .events = POLLIN},
                            {.fd = style_fd(preview->desk.style), .events = POLLIN},
                            {.fd = gate_fd(preview->desk.variants), .events = POLLIN}};
    while (poll(wait, 5, -1) >= 0 || errno == EINTR) {
        if (wait[0].revents)
            return;
        if (wait[2].revents)
            building_make_pseudo(building);
        if (wait[4].revents)
            building_make_variants(building);
        clock_gettime(CLOCK_MONOTONIC, &building->begun);
        if (wait[1].revents)
            watch_take(preview->watch, SETTLE_MS, &building->changes);
        if (wait[3].revents)
            building_take_style(building);
        if (building->changes.any)
            building_run(building);
    }
}

/* --- start and end
 * ------------------------------------------------------------------------------------------ */

static bool is_port(const char *text)
{
    size_t len = strlen(text);
    return len > 0 && len <= 5 && strspn(text, "0123456789") == len && strtol(text, NULL, 10) <= 65535;
}

static bool start_http(struct preview *preview)
{
    const char *port = preview->options->port ? preview->options->port : PORT_UNLESS_SET;
    if (!is_port(port)) {
        diag_error(preview->diag, (struct place){0}, "--port: want a number from 0 to 65535, got \"%s\"",
                   port);
        return false;
    }
    const struct http_options options = {.listen = arena_printf(preview->arena, "127.0.0.1:%s", port),
                                         .threads = THREADS,
                                         .host_is_known = serve_knows_host,
                                         .handler = serve_request,
                                         .context = &preview->desk};
    preview->http = http_server_start(&options, preview->diag);
    if (!preview->http)
        return false;
    preview->desk.port = http_server_port(preview->http);
    return true;
}

static bool start_watch(struct preview *preview)
{
    const char **folders = arena_alloc(preview->arena, FOLDERS_MAX * sizeof *folders);
    const char *const *themes =
        theme_folders(preview->arena, preview->options->site, preview->options->themes);
    folders[0] = site_path(preview->arena, preview->options->site, "content");
    for (size_t i = 0; themes[i] && i + 2 < FOLDERS_MAX; i++)
        folders[i + 1] = themes[i];
    preview->watch = watch_new(folders, preview->diag);
    return preview->watch != NULL;
}

/* Blocked before any thread begins: they all inherit it. */
static bool take_signals(struct preview *preview)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    preview->signals = signalfd(-1, &signals, SFD_CLOEXEC);
    return preview->signals >= 0;
}

static void announce(const struct preview *preview)
{
    fprintf(preview->out,
            "\n  All pages, all states   http://localhost:%d/__preview/\n"
            "  The portal              http://localhost:%d%s\n"
            "  Ctrl+C ends it.\n\n",
            preview->desk.port, preview->desk.port, preview->desk.scene ? preview->desk.scene->slug : "/");
    fflush(preview->out);
}

static bool begin(struct preview *preview)
{
    struct building *building = &preview->building;
    clock_gettime(CLOCK_MONOTONIC, &building->begun);
    if (!take_signals(preview) || !folder_make(&preview->folder, preview->diag))
        return false;
    building->built = fs_join(preview->arena, preview->folder.path, "portal");
    preview->desk.site = fs_join(preview->arena, building->built, "site");
    building->pseudo = fs_join(preview->arena, preview->folder.path, "pseudo");
    preview->desk.pseudo = fs_join(preview->arena, building->pseudo, "site");
    preview->desk.folder = building->folder = preview->folder.path;
    return start_watch(preview) && start_http(preview);
}

static void end(struct preview *preview)
{
    if (preview->desk.news)
        news_end(preview->desk.news);
    gate_open(preview->desk.gate);
    gate_open(preview->desk.variants);
    http_server_stop(preview->http);
    watch_free(preview->watch);
    if (preview->folder.path[0])
        folder_remove(&preview->folder);
    if (preview->signals >= 0)
        close(preview->signals);
    scene_free(preview->desk.scene);
    json_decref(preview->desk.pseudo_mails);
    pthread_rwlock_destroy(&preview->desk.lock);
    news_free(preview->desk.news);
    gate_free(preview->desk.gate);
    gate_free(preview->desk.variants);
    style_free(preview->desk.style);
    json_decref(preview->building.overlay);
    diag_free(preview->diag);
    arena_free(preview->arena);
}

int preview_run(const struct preview_options *options, FILE *out, FILE *err)
{
    struct preview preview = {.options = options,
                              .out = out,
                              .arena = arena_new(0),
                              .diag = diag_new(),
                              .signals = -1,
                              .desk = {.news = news_new(),
                                       .gate = gate_new(),
                                       .variants = gate_new(),
                                       .style = style_new(),
                                       .root = options->site,
                                       .lock = PTHREAD_RWLOCK_INITIALIZER}};
    preview.building = (struct building){
        .site = options->site, .themes = options->themes, .out = out, .err = err, .desk = &preview.desk};
    bool begun = preview.arena && preview.diag && preview.desk.news && preview.desk.gate &&
                 preview.desk.variants && preview.desk.style && begin(&preview);
    if (preview.diag)
        diag_print(preview.diag, err);
    if (begun) {
        building_run(&preview.building);
        announce(&preview);
        loop(&preview);
    }
    end(&preview);
    return begun ? 0 : 1;
}
