#include "compare.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HASH "HASH"
#define INTEGRITY "sha384-"

enum { HASH_LEN = 16, INTEGRITY_LEN = 64, FILE_CEILING = 64 * 1024 * 1024 };

static const char hexadecimal[] = "0123456789abcdef";
static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct entry {
    const char *path; /* with HASH in it */
    const char *file;
};

struct entries {
    struct entry *list;
    size_t count;
};

bool compare_is_text(const char *path)
{
    static const char *const endings[] = {".html", ".css", ".js",   ".json",       ".svg",
                                          ".txt",  ".xml", ".conf", ".webmanifest"};
    const char *name = strrchr(path, '/') ? strrchr(path, '/') : path;
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++) {
        if (strcmp(dot, endings[i]) == 0)
            return true;
    }
    return !dot; /* _headers, Caddyfile */
}

/* How long is the hash at the "/" or "s" that `at` is? 0: there is none. */
static size_t hash_at(const char *at, size_t len, const char **word)
{
    if (*at == '/' && len >= HASH_LEN + 2 && at[HASH_LEN + 1] == '/' &&
        strspn(at + 1, hexadecimal) == HASH_LEN) {
        *word = "/" HASH;
        return HASH_LEN + 1;
    }
    size_t start = sizeof INTEGRITY - 1;
    if (len >= start + INTEGRITY_LEN && memcmp(at, INTEGRITY, start) == 0 &&
        strspn(at + start, base64) == INTEGRITY_LEN) {
        *word = INTEGRITY HASH;
        return start + INTEGRITY_LEN;
    }
    return 0;
}

/* `text` ends with a NUL, as all buffers do. */
void compare_normalise(const char *text, size_t len, struct buf *out)
{
    const char *end = text + len, *done = text;
    for (const char *at = text; at < end; at++) {
        const char *word;
        size_t hash = *at == '/' || *at == 's' ? hash_at(at, (size_t)(end - at), &word) : 0;
        if (hash == 0)
            continue;
        buf_add(out, done, (size_t)(at - done));
        buf_adds(out, word);
        done = at + hash;
        at = done - 1;
    }
    buf_add(out, done, (size_t)(end - done));
}

static bool is_packed(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcmp(dot, ".br") == 0 || strcmp(dot, ".gz") == 0);
}

static const char *normal_path(struct arena *arena, const char *path)
{
    struct buf normal;
    buf_init(&normal, 64 * 1024);
    compare_normalise(path, strlen(path), &normal);
    const char *kept = arena_strndup(arena, normal.data, normal.len);
    buf_release(&normal);
    return kept;
}

static int by_path(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* What is below dir/site and dir/portal. */
static int list_folder(const char *dir, struct arena *arena, struct entries *entries, const char **at)
{
    static const char *const parts[] = {"site", "portal"};
    struct fs_entry *found[2] = {NULL, NULL};
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        *at = fs_join(arena, dir, parts[i]);
        int error = fs_walk(*at, arena, &found[i], &counts[i]);
        if (error && error != ENOENT)
            return error;
    }
    entries->list = arena_alloc(arena, (counts[0] + counts[1] + 1) * sizeof *entries->list);
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < counts[part]; i++) {
            const char *path = fs_join(arena, parts[part], found[part][i].path);
            if (!is_packed(path))
                entries->list[entries->count++] =
                    (struct entry){normal_path(arena, path), fs_join(arena, dir, path)};
        }
    }
    qsort(entries->list, entries->count, sizeof *entries->list, by_path);
    return 0;
}

static bool same_text(const struct buf *a, const struct buf *b)
{
    struct buf one, two;
    buf_init(&one, FILE_CEILING);
    buf_init(&two, FILE_CEILING);
    compare_normalise(a->data, a->len, &one);
    compare_normalise(b->data, b->len, &two);
    bool same =
        buf_ok(&one) && buf_ok(&two) && one.len == two.len && memcmp(one.data, two.data, one.len) == 0;
    buf_release(&one);
    buf_release(&two);
    return same;
}

static int compare_files(const struct entry *before, const struct entry *after, bool *same, const char **at)
{
    struct buf a, b;
    buf_init(&a, FILE_CEILING);
    buf_init(&b, FILE_CEILING);
    *at = before->file;
    int error = fs_read(before->file, &a);
    if (!error) {
        *at = after->file;
        error = fs_read(after->file, &b);
    }
    *same = a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
    if (!error && !*same && compare_is_text(after->path))
        *same = same_text(&a, &b);
    buf_release(&a);
    buf_release(&b);
    return error;
}

static enum compare_kind kind_of(const char *path)
{
    size_t len = strlen(path);
    if (strncmp(path, "site/", 5) == 0 && len > 5 && strcmp(path + len - 5, ".html") == 0)
        return COMPARE_PAGE;
    return strstr(path, "/assets/" HASH "/") ? COMPARE_ASSET : COMPARE_FILE;
}

/* One of the two is there. */
static void add(struct compared *list, size_t *count, const struct entry *before, const struct entry *after)
{
    const char *path = after ? after->path : before ? before->path : "";
    list[(*count)++] = (struct compared){
        .path = path,
        .kind = kind_of(path),
        .change = !before  ? COMPARE_ADDED
                  : !after ? COMPARE_REMOVED
                           : COMPARE_CHANGED,
        .before = before ? before->file : NULL,
        .after = after ? after->file : NULL,
    };
}

int compare_folders(const char *before, const char *after, struct arena *arena, struct compared **list,
                    size_t *count, const char **at)
{
    struct entries old = {0}, new = {0};
    int error = list_folder(before, arena, &old, at);
    if (!error)
        error = list_folder(after, arena, &new, at);
    if (error)
        return error;
    *count = 0;
    *list = arena_alloc(arena, (old.count + new.count + 1) * sizeof **list);
    for (size_t i = 0, j = 0; !error && (i < old.count || j < new.count);) {
        int order = i == old.count ? 1 : j == new.count ? -1 : strcmp(old.list[i].path, new.list[j].path);
        bool same = false;
        if (order == 0)
            error = compare_files(&old.list[i], &new.list[j], &same, at);
        if (!error && !same)
            add(*list, count, order <= 0 ? &old.list[i] : NULL, order >= 0 ? &new.list[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
    return error;
}
