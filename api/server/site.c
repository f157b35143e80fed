#include "site.h"

#include "../../lib/arena.h"
#include "../../lib/buf.h"
#include "../../lib/file_type.h"
#include "../../lib/fs.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_CEILING (16 * 1024 * 1024)
#define SITE_CEILING (1024 * 1024 * 1024)
#define URL_MAX 1024
#define HASH_BYTES 16

struct site {
    struct arena *arena; /* owns everything, the site itself included */
    const char *slug;
    struct site_file *files;
    size_t count;
};

const char *site_type(const char *name)
{
    return file_type(name);
}

static void etag_make(char etag[26], const char *body, size_t len)
{
    unsigned char hash[HASH_BYTES];
    char text[24];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)body, len, NULL, 0);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    etag[0] = '"';
    memcpy(etag + 1, text, 22);
    memcpy(etag + 23, "\"", 2);
}

/* `prefix` is "support/assets/". */
static bool is_immutable(const char *path, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(path, prefix, len) == 0 && strchr(path + len, '/') != NULL;
}

static int file_load(struct site *site, struct site_file *file, const char *dir, const char *path,
                     const char *prefix)
{
    struct buf body;
    buf_init(&body, FILE_CEILING);
    char *full = fs_join(site->arena, dir, path);
    int error = full ? fs_read(full, &body) : ENOMEM;
    if (error == 0) {
        *file = (struct site_file){.path = path,
                                   .len = body.len,
                                   .body = arena_strndup(site->arena, body.data, body.len),
                                   .type = site_type(path),
                                   .immutable = is_immutable(path, prefix)};
        etag_make(file->etag, body.data, body.len);
        error = file->body ? 0 : ENOMEM;
    }
    buf_release(&body);
    return error;
}

/* What is loaded, and where it comes from. */
struct loading {
    struct site *site;
    const char *prefix; /* "support/assets/" */
    const char *at;     /* what is read, for messages */
};

static struct site *site_new(const char *slug)
{
    struct arena *arena = arena_new(SITE_CEILING);
    struct site *site = arena ? arena_alloc(arena, sizeof *site) : NULL;
    if (!site) {
        arena_free(arena);
        return NULL;
    }
    *site = (struct site){.arena = arena, .slug = arena_strdup(arena, slug)};
    return site;
}

static int file_compare(const void *path, const void *file)
{
    return strcmp(path, ((const struct site_file *)file)->path);
}

static int by_path(const void *left, const void *right)
{
    return file_compare(((const struct site_file *)left)->path, right);
}

static struct site_file *file_find(const struct site *site, const char *path)
{
    return bsearch(path, site->files, site->count, sizeof *site->files, file_compare);
}

static int load_current(struct loading *loading, const char *dir)
{
    struct site *site = loading->site;
    struct fs_entry *entries = NULL;
    size_t count = 0;
    int error = fs_walk(dir, site->arena, &entries, &count);
    site->files = error ? NULL : arena_alloc(site->arena, (count + 1) * sizeof *site->files);
    if (!error && !site->files)
        error = ENOMEM;
    for (size_t i = 0; !error && i < count; i++) {
        loading->at = entries[i].path;
        error = file_load(site, &site->files[i], dir, loading->at, loading->prefix);
    }
    site->count = error ? 0 : count;
    return error;
}

/* "out/site" -> "out/previous/site" */
static const char *previous_of(struct arena *arena, const char *dir)
{
    size_t len = strlen(dir);
    while (len > 1 && dir[len - 1] == '/')
        len--;
    size_t parent = len;
    while (parent > 0 && dir[parent - 1] != '/')
        parent--;
    return arena_printf(arena, "%.*sprevious/%.*s", (int)parent, dir, (int)(len - parent), dir + parent);
}

/* Nobody misses for long what cannot be read here: no error. */
static void load_previous(struct loading *loading, const char *dir)
{
    struct site *site = loading->site;
    struct fs_entry *entries = NULL;
    size_t count = 0, known = site->count;
    if (fs_walk(dir, site->arena, &entries, &count) != 0)
        return;
    struct site_file *files = arena_alloc(site->arena, (known + count + 1) * sizeof *files);
    if (!files)
        return;
    if (known > 0)
        memcpy(files, site->files, known * sizeof *files);
    for (size_t i = 0; i < count; i++) {
        const char *path = entries[i].path;
        if (is_immutable(path, loading->prefix) && !file_find(site, path) &&
            file_load(site, &files[known], dir, path, loading->prefix) == 0)
            known++;
    }
    site->files = files;
    site->count = known;
    qsort(files, known, sizeof *files, by_path);
}

static void link_siblings(struct site *site)
{
    for (size_t i = 0; i < site->count; i++) {
        struct site_file *file = &site->files[i];
        for (int form = 0; form < ENCODING_COUNT; form++) {
            char *path = arena_printf(site->arena, "%s%s", file->path, encoding_rows[form].ending);
            struct site_file *sibling = path ? file_find(site, path) : NULL;
            if (sibling)
                sibling->sibling = true;
            file->packed[form] = sibling;
        }
    }
}

struct site *site_load(const char *dir, const char *slug, struct diag *diag)
{
    struct site *site = site_new(slug);
    struct loading loading = {.site = site, .at = dir};
    const char *previous = site ? previous_of(site->arena, dir) : NULL;
    if (previous && site->slug)
        loading.prefix = arena_printf(site->arena, "%sassets/", slug + 1);
    int error = loading.prefix ? load_current(&loading, dir) : ENOMEM;
    if (error == 0) {
        load_previous(&loading, previous);
        link_siblings(site);
        return site;
    }
    diag_error(diag, (struct place){loading.at, 0, 0}, "%s%s",
               error == ENOENT ? "not found" : strerror(error),
               error == ENOENT ? "; run guichet-gen first" : "");
    site_free(site);
    return NULL;
}

const struct site_file *site_form(const struct site_file *file, const char *accept, const char **encoding)
{
    bool there[ENCODING_COUNT];
    for (int i = 0; i < ENCODING_COUNT; i++)
        there[i] = file->packed[i] != NULL;
    enum encoding chosen = encoding_choose(accept, there);
    *encoding = chosen == ENCODING_NONE ? NULL : encoding_rows[chosen].name;
    return chosen == ENCODING_NONE ? file : file->packed[chosen];
}

bool site_has_forms(const struct site_file *file)
{
    for (int i = 0; i < ENCODING_COUNT; i++) {
        if (file->packed[i])
            return true;
    }
    return false;
}

void site_free(struct site *site)
{
    if (site)
        arena_free(site->arena);
}

size_t site_count(const struct site *site)
{
    return site->count;
}

const struct site_file *site_find(const struct site *site, const char *path, bool *slash)
{
    char index[URL_MAX + 16];
    size_t len = strlen(path);
    *slash = false;
    if (len == 0 || len > URL_MAX || path[0] != '/')
        return NULL;
    const struct site_file *file = file_find(site, path + 1);
    if (file)
        return file->sibling ? NULL : file;
    bool folder = path[len - 1] == '/';
    snprintf(index, sizeof index, "%s%sindex.html", path + 1, folder ? "" : "/");
    file = file_find(site, index);
    if (folder)
        return file;
    *slash = file != NULL;
    return NULL;
}

const struct site_file *site_not_found(const struct site *site, const char *path)
{
    char page[URL_MAX + 32];
    size_t slug = strlen(site->slug);
    const struct site_file *file = NULL;
    if (strncmp(path, site->slug, slug) == 0) {
        size_t locale = strcspn(path + slug, "/");
        if (slug + locale < URL_MAX) {
            snprintf(page, sizeof page, "%.*s/not-found/index.html", (int)(slug + locale - 1), path + 1);
            file = file_find(site, page);
        }
    }
    return file ? file : file_find(site, "404.html");
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    for (int i = 0; i < 8; i++, value >>= 8)
        hash = (hash ^ (value & 0xff)) * UINT64_C(1099511628211);
    return hash;
}

uint64_t site_signature(const char *dir)
{
    struct arena *arena = arena_new(0);
    struct fs_entry *entries;
    size_t count;
    uint64_t hash = UINT64_C(14695981039346656037);
    if (!arena || fs_walk(dir, arena, &entries, &count) != 0) {
        arena_free(arena);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (const char *c = entries[i].path; *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
        hash = mix(hash, entries[i].size);
        hash = mix(hash, (uint64_t)entries[i].changed.tv_sec);
        hash = mix(hash, (uint64_t)entries[i].changed.tv_nsec);
    }
    arena_free(arena);
    return hash ? hash : 1;
}
