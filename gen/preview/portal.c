/* Pages and assets of the portal, as they are asked for. */
#include "building.h"
#include "inside.h"
#include "own.h"
#include "rewrite.h"
#include "state.h"

#include "../../lib/file_type.h"
#include "../../lib/fs.h"

#include <errno.h>
#include <string.h>

enum { FILE_CEILING = 64 * 1024 * 1024, ASKED_MAX = 10 };

static void redirect(struct http_request *request, const char *path)
{
    const char *query = http_query(request);
    struct buf where;
    buf_init(&where, 8192);
    for (const char *at = path; *at; at++)
        buf_addf(&where, *at > ' ' && *at < 0x7f ? "%c" : "%%%02X", (unsigned char)*at);
    buf_addf(&where, "%s%s", *query ? "?" : "", query);
    http_set(request, "Location", where.data);
    buf_release(&where);
    send_text(request, 308, "");
}

/* The built file for a path: itself, or a folder's page. ENOENT, EISDIR: the slash is missing. */
static int read_file(const char *folder, const char *path, struct arena *arena, const char **name,
                     struct buf *bytes)
{
    size_t len = strlen(path);
    *name = arena_printf(arena, "%s%s%s", folder, path, path[len - 1] == '/' ? "index.html" : "");
    return *name ? fs_read(*name, bytes) : ENOMEM;
}

/* The page for what is not there, in the language of the path. */
static int read_missing(const struct desk *desk, const char *folder, const char *path, struct arena *arena,
                        const char **name, struct buf *bytes)
{
    const char *slug = desk->scene->slug;
    const char *locale = desk->scene->default_locale;
    for (size_t i = 0; i < desk->scene->locale_count; i++) {
        size_t len = strlen(desk->scene->locales[i]);
        if (strncmp(path, slug, strlen(slug)) == 0 &&
            strncmp(path + strlen(slug), desk->scene->locales[i], len) == 0 &&
            path[strlen(slug) + len] == '/')
            locale = desk->scene->locales[i];
    }
    return read_file(folder, arena_printf(arena, "%s%s/not-found/", slug, locale), arena, name, bytes);
}

/* Assets of an earlier build are asked for by pages that exchanged their styles only: what is new serves. */
static const char *current_asset(const struct scene *scene, const char *path, struct arena *arena,
                                 bool *lasts)
{
    size_t len = strlen(scene->assets);
    *lasts = false;
    if (strncmp(path, scene->assets, len) != 0)
        return path;
    const char *below = strchr(path + len, '/');
    /* What changes by itself, such as the search's index, has a folder of its own beside them. */
    if (!below || strspn(path + len, "0123456789abcdef") != strlen(scene->hash) ||
        (size_t)(below - path) != len + strlen(scene->hash))
        return path;
    *lasts = strncmp(path + len, scene->hash, strlen(scene->hash)) == 0;
    return arena_printf(arena, "%s%s%s", scene->assets, scene->hash, below);
}

static void rewrite_page(struct desk *desk, const struct address *address, struct arena *arena,
                         const struct buf *page, struct buf *out)
{
    const struct scene *scene = desk->scene;
    const struct rewrite rewrite = {
        .slug = scene->slug,
        .api = scene->api,
        .assets = scene->assets,
        .page_prefix = address->prefix,
        .asset_prefix = *address->look ? arena_printf(arena, "%s/-", address->look) : "",
        .api_instead =
            arena_printf(arena, "%s" PREVIEW_API, *address->prefix ? address->prefix : PREVIEW_PATH "auto/-"),
        .scheme = address->scheme,
        .rtl = address->rtl,
        .no_preloads = *address->prefix && state_holds(scene_state(scene, address->state)),
        .head = head_for(desk, address, arena),
    };
    rewrite_html(&rewrite, page->data, out);
}

/* The state's variant of the portal. -1: the portal itself. */
static int variant_of(struct desk *desk, const struct address *address)
{
    if (address->kind != ADDRESS_STATE || !desk->scene)
        return -1;
    return scene_variant(desk->scene, scene_state(desk->scene, address->state));
}

/* A variant that could not be built is shown as the portal is. */
static const char *folder_of(struct desk *desk, const struct address *address, struct arena *arena)
{
    int variant = variant_of(desk, address);
    const char *built = variant < 0 ? "" : building_variant(desk->folder, variant, address->pseudo, arena);
    const char *site = *built ? fs_join(arena, built, "site") : "";
    if (*site && fs_is_dir(site))
        return site;
    return address->pseudo ? desk->pseudo : desk->site;
}

/* What is to be sent, by its address; the lock is held for reading. The status. */
static int make_answer(struct desk *desk, const struct address *address, struct arena *arena,
                       const char **type, bool *lasts, struct buf *out)
{
    struct buf bytes;
    buf_init(&bytes, FILE_CEILING);
    int status = 200;
    const char *name;
    const char *folder = folder_of(desk, address, arena);
    const char *path = current_asset(desk->scene, address->rest, arena, lasts);
    int error = read_file(folder, path, arena, &name, &bytes);
    if (error == EISDIR)
        status = 308;
    else if (error) {
        status = 404;
        *lasts = false;
        read_missing(desk, folder, path, arena, &name, &bytes);
    }
    *type = file_type(name);
    if (strncmp(*type, "text/html", 9) == 0)
        rewrite_page(desk, address, arena, &bytes, out);
    else if (address->scheme && strncmp(*type, "text/css", 8) == 0)
        rewrite_css(address->scheme, bytes.data, bytes.len, out);
    else
        buf_add(out, bytes.data, bytes.len);
    buf_release(&bytes);
    return status;
}

/* Nothing was built yet: an empty page, over which the errors are shown. */
static void send_nothing_yet(struct http_request *request, struct desk *desk, const struct address *address)
{
    const struct own_file *file = own_find("nothing.html");
    struct buf page;
    buf_init(&page, 64 * 1024);
    const struct rewrite rewrite = {.slug = "//",
                                    .api = "//",
                                    .assets = "//",
                                    .page_prefix = "",
                                    .asset_prefix = "",
                                    .api_instead = "",
                                    .head = head_for(desk, address, http_arena(request))};
    rewrite_html(&rewrite, file->bytes, &page);
    send_bytes(request, 503, "text/html; charset=utf-8", "no-store", page.data, page.len);
    buf_release(&page);
}

/* What this address shows is as fresh as the portal; the lock is held for reading. */
static bool is_fresh(struct desk *desk, const struct address *address, struct gate **stale)
{
    *stale = NULL;
    if (address->pseudo && !gate_is_open(desk->gate))
        *stale = desk->gate;
    else if (variant_of(desk, address) >= 0 && !gate_is_open(desk->variants))
        *stale = desk->variants;
    return *stale == NULL;
}

void desk_hold(struct desk *desk, const struct address *address)
{
    struct gate *stale;
    pthread_rwlock_rdlock(&desk->lock);
    for (int asked = 0; asked < ASKED_MAX && !is_fresh(desk, address, &stale); asked++) {
        pthread_rwlock_unlock(&desk->lock);
        gate_ask(stale);
        pthread_rwlock_rdlock(&desk->lock);
    }
}

void send_portal(struct http_request *request, struct desk *desk, const struct address *address)
{
    struct arena *arena = http_arena(request);
    struct buf out;
    const char *type;
    bool lasts;
    int status = 503;
    buf_init(&out, FILE_CEILING);
    desk_hold(desk, address);
    if (desk->scene)
        status = make_answer(desk, address, arena, &type, &lasts, &out);
    pthread_rwlock_unlock(&desk->lock);
    if (status == 503)
        send_nothing_yet(request, desk, address);
    else if (status == 308)
        redirect(request, arena_printf(arena, "%s/", http_path(request)));
    else
        send_bytes(request, status, type, lasts ? "max-age=31536000, immutable" : "no-store", out.data,
                   out.len);
    buf_release(&out);
}
