#include "siblings.h"

#include "../../lib/fs.h"
#include "../assets/pack.h"

#include <string.h>

enum { FILE_CEILING = 64 * 1024 * 1024, WORTH_IT = 1024 };

static const char *const texts[] = {".html", ".css", ".js",          ".json", ".svg",
                                    ".txt",  ".xml", ".webmanifest", NULL};

struct packing {
    struct publish *publish;
    const char *hashed;
    const char **paths;
};

static bool is_text(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const char *const *ending = texts; dot && *ending; ending++) {
        if (strcmp(dot, *ending) == 0)
            return strncmp(path, "site/", 5) == 0;
    }
    return false;
}

/* The sibling that an earlier run left at `file`, when it is one of these bytes. */
static bool take_over(const struct pack *pack, const char *file, const struct buf *bytes, struct buf *packed)
{
    buf_reset(packed);
    return fs_read(file, packed) == 0 && pack->holds(packed->data, packed->len, bytes->data, bytes->len);
}

static void write_sibling(const struct packing *packing, const char *path, const struct pack *pack,
                          const struct buf *bytes, struct worker *worker)
{
    struct arena *arena = worker->arena;
    bool hashed = strncmp(path, packing->hashed, strlen(packing->hashed)) == 0;
    const char *name = arena_printf(arena, "%s%s", path, pack->ending);
    struct buf packed;
    buf_init(&packed, FILE_CEILING);
    if (!take_over(pack, publish_staged(packing->publish, arena, name), bytes, &packed) &&
        !take_over(pack, publish_served(packing->publish, arena, name), bytes, &packed)) {
        buf_reset(&packed);
        if (!pack->pack(bytes->data, bytes->len, hashed ? PACK_ONCE : PACK_OFTEN, &packed))
            diag_error(worker->diag, (struct place){.file = path}, "no memory left to pack it");
    }
    if (packed.len > 0 && packed.len < bytes->len)
        publish_write(packing->publish, name, packed.data, packed.len, worker->diag);
    buf_release(&packed);
}

static void pack_file(void *context, size_t index, struct worker *worker)
{
    const struct packing *packing = context;
    const char *path = packing->paths[index];
    struct buf bytes;
    buf_init(&bytes, FILE_CEILING);
    const char *file = publish_staged(packing->publish, worker->arena, path);
    int error = fs_read(file, &bytes);
    if (error) {
        diag_unread(worker->diag, file, error, FILE_CEILING);
    } else if (bytes.len >= WORTH_IT) {
        write_sibling(packing, path, &pack_brotli, &bytes, worker);
        write_sibling(packing, path, &pack_gzip, &bytes, worker);
    }
    buf_release(&bytes);
}

bool siblings_write(struct publish *publish, const char *hashed, struct parallel *parallel, struct diag *diag)
{
    struct arena *arena = arena_new(0);
    size_t before = diag_errors(diag), count = 0, texts_count = 0;
    const char **paths = arena ? publish_written(publish, arena, &count) : NULL;
    for (size_t i = 0; paths && i < count; i++) {
        if (is_text(paths[i]))
            paths[texts_count++] = paths[i];
    }
    struct packing packing = {publish, hashed, paths};
    if (paths)
        parallel_run(parallel, texts_count, pack_file, &packing, diag);
    else
        diag_error(diag, (struct place){0}, "no memory left to pack the pages");
    arena_free(arena);
    return diag_errors(diag) == before;
}
