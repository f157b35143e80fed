#include "assets.h"

#include "../../lib/fs.h"
#include "../check/drawing.h"
#include "../content/encoding.h"
#include "compact.h"
#include "integrity.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ASSET_CEILING (16 * 1024 * 1024)
#define TOKENS "css/tokens.css"

static const char *const folders[] = {"css", "js", "icons", "images", "fonts", NULL};

/* What a browser asks for; notes and sources that stand beside it stay at home. */
static const char *const endings[] = {".css",  ".js",   ".svg", ".png",   ".jpg",  ".jpeg",        ".gif",
                                      ".webp", ".avif", ".ico", ".woff2", ".json", ".webmanifest", NULL};

struct gathering {
    struct assets *assets;
    struct arena *arena;
    struct diag *diag;
    size_t cap;
};

static bool is_wanted(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const char *const *ending = endings; dot && *ending; ending++) {
        if (strcmp(dot, *ending) == 0)
            return true;
    }
    return false;
}

static void add(struct gathering *gathering, struct asset file)
{
    struct assets *assets = gathering->assets;
    assets->files = arena_more(gathering->arena, assets->files, assets->count, &gathering->cap, sizeof file);
    assets->files[assets->count++] = file;
}

static const struct theme_wrap bare = {"", ""};

static bool has_ending(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ending) == 0;
}

/* Scripts and style sheets are served without their comments; what the checks look at keeps its lines. */
static void compact_asset(struct gathering *gathering, struct asset *file)
{
    bool script = has_ending(file->path, ".js");
    struct buf bytes;
    if (!script && !has_ending(file->path, ".css"))
        return;
    buf_init(&bytes, ASSET_CEILING);
    if ((script ? compact_script : compact_style)(file->text, file->len, &bytes) && buf_ok(&bytes)) {
        file->bytes = arena_strndup(gathering->arena, bytes.data, bytes.len);
        file->len = bytes.len;
    } else if (script) { /* of a style sheet others say so, and where */
        diag_warning(gathering->diag, (struct place){.file = file->source},
                     "a string, a comment or a bracket seems never to be closed; it is served as it is");
    }
    buf_release(&bytes);
}

static void add_text(struct gathering *gathering, const char *path, const char *source,
                     const struct buf *bytes)
{
    const char *text = arena_strndup(gathering->arena, bytes->data, bytes->len);
    struct asset file = {.path = path, .source = source, .text = text, .bytes = text, .len = bytes->len};
    if (has_ending(path, ".svg"))
        drawing_check(source, text, gathering->diag);
    compact_asset(gathering, &file);
    add(gathering, file);
}

static bool is_text(const char *path)
{
    return has_ending(path, ".css") || has_ending(path, ".js") || has_ending(path, ".svg");
}

static void add_file(struct gathering *gathering, const char *path, const char *file, struct theme_wrap wrap)
{
    struct buf bytes;
    buf_init(&bytes, ASSET_CEILING);
    buf_adds(&bytes, wrap.before);
    size_t begin = bytes.len;
    int error = fs_read(file, &bytes);
    if (!error && is_text(path))
        encoding_check(file, bytes.data + begin, bytes.len - begin, gathering->diag);
    buf_adds(&bytes, wrap.after);
    if (error)
        diag_unread(gathering->diag, file, error, ASSET_CEILING);
    else
        add_text(gathering, path, file, &bytes);
    buf_release(&bytes);
}

static void gather_folder(struct gathering *gathering, const struct theme *theme, const char *folder)
{
    struct theme_entry *entries = NULL;
    size_t count = 0;
    theme_files(theme, folder, &entries, &count, gathering->diag);
    for (size_t i = 0; i < count; i++) {
        const char *path = fs_join(gathering->arena, folder, entries[i].path);
        const char *file = entries[i].file;
        bool style = has_ending(path, ".css");
        if (strcmp(path, TOKENS) == 0)
            diag_error(gathering->diag, (struct place){.file = file},
                       "is made from the theme's settings; call this file something else");
        else if (strcmp(path, THEME_CUSTOM_CSS) == 0)
            diag_error(gathering->diag, (struct place){.file = file},
                       "is the admin's own sheet (content/custom.css); call this file something else");
        else if (is_wanted(path))
            add_file(gathering, path, file, style ? theme_css_wrap(theme, entries[i].link) : bare);
        else
            diag_warning(gathering->diag, (struct place){.file = file},
                         "is nothing that pages link to; it is left out");
    }
}

static void gather_media(struct gathering *gathering, const struct help *help, const struct page_texts *texts)
{
    for (size_t i = 0; i < texts->media_count; i++)
        add_file(gathering, fs_join(gathering->arena, "media", texts->media[i]),
                 fs_join(gathering->arena, texts->dir, texts->media[i] + strlen("pages/")), bare);
    for (size_t i = 0; i < help->media_count; i++)
        add_file(gathering, fs_join(gathering->arena, "media", help->media[i]),
                 fs_join(gathering->arena, help->dir, help->media[i]), bare);
}

static void add_tokens(struct gathering *gathering, const struct theme *theme)
{
    struct buf css;
    buf_init(&css, 256 * 1024);
    theme_tokens(theme, &css);
    add_text(gathering, TOKENS, NULL, &css);
    buf_release(&css);
}

static void add_extras(struct gathering *gathering, const struct theme *theme)
{
    for (size_t i = 0; i < theme->extra_count; i++) {
        const struct theme_entry *entry = &theme->extras[i];
        bool custom = entry->link == THEME_CUSTOM_LAYER;
        add_file(gathering, entry->path, entry->file, custom ? theme_css_wrap(theme, entry->link) : bare);
    }
}

static int by_path(const void *left, const void *right)
{
    const struct asset *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* Names end with their NUL and bytes begin with their length, so that no two sets read the same. */
static void hash_all(struct assets *assets)
{
    unsigned char digest[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (size_t i = 0; i < assets->count; i++) {
        const struct asset *file = &assets->files[i];
        uint64_t len = file->len;
        crypto_generichash_update(&state, (const unsigned char *)file->path, strlen(file->path) + 1);
        crypto_generichash_update(&state, (const unsigned char *)&len, sizeof len);
        crypto_generichash_update(&state, (const unsigned char *)file->bytes, file->len);
    }
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(assets->hash, sizeof assets->hash, digest, (sizeof assets->hash - 1) / 2);
}

static void note_integrity(struct assets *assets)
{
    for (size_t i = 0; i < assets->count; i++) {
        struct asset *file = &assets->files[i];
        if (has_ending(file->path, ".css") || has_ending(file->path, ".js"))
            integrity_of(file->integrity, file->bytes, file->len);
    }
}

bool assets_load(struct assets *assets, const struct site *site, const struct theme *theme,
                 const struct help *help, const struct page_texts *texts, struct diag *diag)
{
    *assets = (struct assets){0};
    size_t before = diag_errors(diag);
    struct gathering gathering = {.assets = assets, .arena = site->arena, .diag = diag};
    for (const char *const *folder = folders; *folder; folder++)
        gather_folder(&gathering, theme, *folder);
    gather_media(&gathering, help, texts);
    add_tokens(&gathering, theme);
    add_extras(&gathering, theme);
    qsort(assets->files, assets->count, sizeof *assets->files, by_path);
    hash_all(assets);
    note_integrity(assets);
    assets->url = arena_printf(site->arena, "%sassets/%s/", site->slug, assets->hash);
    assets->media_url = arena_printf(site->arena, "%smedia/", assets->url);
    return diag_errors(diag) == before;
}

const struct asset *assets_find(const struct assets *assets, const char *path)
{
    struct asset wanted = {.path = path};
    return bsearch(&wanted, assets->files, assets->count, sizeof wanted, by_path);
}

bool assets_write(const struct assets *assets, const struct site *site, struct publish *publish,
                  struct diag *diag)
{
    for (size_t i = 0; i < assets->count; i++) {
        const struct asset *file = &assets->files[i];
        const char *path = arena_printf(site->arena, "site%s%s", assets->url, file->path);
        if (!publish_write(publish, path, file->bytes, file->len, diag))
            return false;
    }
    return true;
}
