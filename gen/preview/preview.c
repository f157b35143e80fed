#include "preview.h"

#include "../../lib/fs.h"
#include "../build.h"
#include "../theme/overlay.h"
#include "../theme/theme.h"
#include "findings.h"
#include "folder.h"
#include "serve.h"
#include "watch.h"

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
    FILE *out, *err;
    struct arena *arena;
    struct diag *diag; /* of what is no build */
    struct folder folder;
    const char *built;  /* where in it the portal is built */
    const char *pseudo; /* and where in the pseudo-language */
    bool is_pseudo_due; /* somebody has asked for that */
    struct desk desk;
    struct watch *watch;
    struct http_server *http;
    struct changes changes; /* what the build under way is for */
    json_t *overlay;        /* what the style controls say, as far as it was taken in */
    long style;             /* and the number of that change */
    int signals;
    struct timespec begun;
};

/* --- building --------------------------------------------------------------------------------------------
 */

static double ms_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) * 1e3 + (double)(now.tv_nsec - begun->tv_nsec) / 1e6;
}

static void say_result(const struct preview *preview, const struct build_result *result)
{
    const struct diag *diag = result->diag;
    size_t warnings = diag_warnings(diag);
    diag_print(diag, preview->err);
    if (result->done)
        fprintf(preview->out, "built in %.0f ms", ms_since(&preview->begun));
    else
        fputs("errors: the last good build stays", preview->out);
    if (warnings > 0)
        fputs(", with warnings", preview->out);
    if (preview->changes.any)
        fprintf(preview->out, " (%s)", preview->changes.first);
    fputc('\n', preview->out);
    fflush(preview->out);
}

static void take_result(const struct build_result *result, void *context)
{
    struct preview *preview = context;
    struct scene *scene = result->done ? scene_new(result) : NULL;
    bool done = result->done && scene;
    if (done) {
        scene_free(preview->desk.scene);
        preview->desk.scene = scene;
        style_forget_idle(preview->desk.style, json_object_get(scene->style, "settings"),
                          json_object_get(scene->style, "given"));
    }
    const struct news_item item = {.done = done,
                                   .only_css = preview->changes.any && preview->changes.only_css,
                                   .hash = done ? scene->hash : "",
                                   .states = done ? scene->states_hash : "",
                                   .style = preview->style,
                                   .findings = findings_text(result)};
    news_add(preview->desk.news, &item);
    say_result(preview, result);
}

/* Nothing is said of it: what is wrong is wrong in the portal itself, too. */
static void ignore_result(const struct build_result *result, void *context)
{
    (void)result, (void)context;
}

static void build_pseudo(struct preview *preview)
{
    const struct build_options options = {.site = preview->options->site,
                                          .out = preview->pseudo,
                                          .themes = preview->options->themes,
                                          .pseudo = true,
                                          .overlay = preview->overlay,
                                          .show = ignore_result};
    build_run(&options, preview->out, preview->err);
}

/* Those who ask wait meanwhile: it takes less time than they would notice. */
static void build(struct preview *preview)
{
    const struct build_options options = {.site = preview->options->site,
                                          .out = preview->built,
                                          .themes = preview->options->themes,
                                          .overlay = preview->overlay,
                                          .show = take_result,
                                          .context = preview};
    pthread_rwlock_wrlock(&preview->desk.lock);
    build_run(&options, preview->out, preview->err);
    if (preview->is_pseudo_due)
        build_pseudo(preview);
    pthread_rwlock_unlock(&preview->desk.lock);
    preview->changes = (struct changes){0};
}

/* From now on every build is made in both languages. */
static void begin_pseudo(struct preview *preview)
{
    preview->is_pseudo_due = true;
    pthread_rwlock_wrlock(&preview->desk.lock);
    build_pseudo(preview);
    pthread_rwlock_unlock(&preview->desk.lock);
    gate_open(preview->desk.gate);
}

/* --- waiting for something to do ---------------------------------------------------------------------------
 */

/* What a style control changed, as if a file had been: a change that the pages cannot show counts, too. */
static void take_style(struct preview *preview)
{
    const struct scene *scene = preview->desk.scene;
    struct changes *changes = &preview->changes;
    json_t *overlay = style_take(preview->desk.style, &preview->style);
    bool only_css =
        scene && overlay_differs_in_css(json_object_get(scene->style, "settings"), preview->overlay, overlay);
    changes->only_css = only_css && (changes->only_css || !changes->any);
    if (!changes->any)
        snprintf(changes->first, sizeof changes->first, "%s", SITE_STYLE);
    changes->any = true;
    json_decref(preview->overlay);
    preview->overlay = overlay;
}

static void loop(struct preview *preview)
{
    struct pollfd wait[] = {{.fd = preview->signals, .events = POLLIN},
                            {.fd = watch_fd(preview->watch), .events = POLLIN},
                            {.fd = gate_fd(preview->desk.gate), .events = POLLIN},
                            {.fd = style_fd(preview->desk.style), .events = POLLIN}};
    while (poll(wait, 4, -1) >= 0 || errno == EINTR) {
        if (wait[0].revents)
            return;
        if (wait[2].revents) {
            begin_pseudo(preview);
            wait[2].fd = -1;
        }
        clock_gettime(CLOCK_MONOTONIC, &preview->begun);
        if (wait[1].revents)
            watch_take(preview->watch, SETTLE_MS, &preview->changes);
        if (wait[3].revents)
            take_style(preview);
        if (preview->changes.any)
            build(preview);
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
    clock_gettime(CLOCK_MONOTONIC, &preview->begun);
    if (!take_signals(preview) || !folder_make(&preview->folder, preview->diag))
        return false;
    preview->built = fs_join(preview->arena, preview->folder.path, "portal");
    preview->desk.site = fs_join(preview->arena, preview->built, "site");
    preview->pseudo = fs_join(preview->arena, preview->folder.path, "pseudo");
    preview->desk.pseudo = fs_join(preview->arena, preview->pseudo, "site");
    return start_watch(preview) && start_http(preview);
}

static void end(struct preview *preview)
{
    if (preview->desk.news)
        news_end(preview->desk.news);
    gate_open(preview->desk.gate);
    http_server_stop(preview->http);
    watch_free(preview->watch);
    if (preview->folder.path[0])
        folder_remove(&preview->folder);
    if (preview->signals >= 0)
        close(preview->signals);
    scene_free(preview->desk.scene);
    pthread_rwlock_destroy(&preview->desk.lock);
    news_free(preview->desk.news);
    gate_free(preview->desk.gate);
    style_free(preview->desk.style);
    json_decref(preview->overlay);
    diag_free(preview->diag);
    arena_free(preview->arena);
}

int preview_run(const struct preview_options *options, FILE *out, FILE *err)
{
    struct preview preview = {.options = options,
                              .out = out,
                              .err = err,
                              .arena = arena_new(0),
                              .diag = diag_new(),
                              .signals = -1,
                              .desk = {.news = news_new(),
                                       .gate = gate_new(),
                                       .style = style_new(),
                                       .root = options->site,
                                       .lock = PTHREAD_RWLOCK_INITIALIZER}};
    bool begun = preview.arena && preview.diag && preview.desk.news && preview.desk.gate &&
                 preview.desk.style && begin(&preview);
    if (preview.diag)
        diag_print(preview.diag, err);
    if (begun) {
        build(&preview);
        announce(&preview);
        loop(&preview);
    }
    end(&preview);
    return begun ? 0 : 1;
}
