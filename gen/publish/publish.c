#include "publish.h"

#include "../../lib/fs.h"
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct publish {
    struct arena *arena;
    const char *out;
    bool made_out; /* `out` was not there before */
    int lock_fd;
    atomic_bool failed; /* what keeps one file from being written mostly keeps all: it is told once */
    struct stage stage;
};

/* What takes its place; in this order, and back in the other. */
static const char *const parts[] = {"site", "portal"};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

static const char *in_out(struct publish *publish, const char *folder, const char *name)
{
    return arena_printf(publish->arena, "%s/%s%s%s", publish->out, folder, *folder && *name ? "/" : "", name);
}

static const char *served(struct publish *publish, const char *part)
{
    return in_out(publish, "", part);
}

static const char *previous(struct publish *publish, const char *part)
{
    return in_out(publish, "previous", part);
}

static const char *staged(struct publish *publish, const char *part)
{
    return in_out(publish, ".staging", part);
}

/* Where the previous folder waits while the served one becomes the previous one. */
static const char *retired(struct publish *publish, const char *part)
{
    return in_out(publish, ".staging", arena_printf(publish->arena, "%s.retired", part));
}

static void complain(struct diag *diag, const char *path, const char *what, int error)
{
    diag_error(diag, (struct place){.file = path}, "%s: %s", what, strerror(error));
}

/* Only the last folder of the path is made: a mistyped path should not come true. */
static bool make_out(struct publish *publish, struct diag *diag)
{
    if (mkdir(publish->out, 0755) == 0) {
        publish->made_out = true;
        return true;
    }
    int error = errno;
    if (error == EEXIST && fs_is_dir(publish->out))
        return true;
    if (error == ENOENT)
        diag_error(diag, (struct place){.file = publish->out},
                   "the folder that is to hold it does not exist");
    else
        complain(diag, publish->out, "cannot be made", error);
    return false;
}

/* The folder itself is locked, so that no file is left lying in it. */
static bool take_lock(struct publish *publish, struct diag *diag)
{
    publish->lock_fd = open(publish->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (publish->lock_fd < 0) {
        complain(diag, publish->out, "cannot be opened", errno);
        return false;
    }
    if (flock(publish->lock_fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    diag_error(diag, (struct place){.file = publish->out},
               "another run is writing here; try again when it is done");
    return false;
}

/* A run that was killed while folders changed places: what was the previous one is that again. */
static void mend_previous(struct publish *publish)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (!fs_is_dir(previous(publish, parts[i])))
            rename(retired(publish, parts[i]), previous(publish, parts[i]));
        else
            fs_remove_tree(retired(publish, parts[i]));
    }
}

static bool open_stage(struct publish *publish, struct diag *diag)
{
    mend_previous(publish);
    const char *dir = in_out(publish, ".staging", "");
    int error = stage_open(&publish->stage, dir);
    if (error)
        complain(diag, dir, "cannot be made", error);
    return error == 0;
}

static void publish_free(struct publish *publish)
{
    stage_close(&publish->stage);
    if (publish->lock_fd >= 0)
        close(publish->lock_fd);
    arena_free(publish->arena);
    free(publish);
}

static struct publish *publish_new(const char *out)
{
    struct publish *publish = calloc(1, sizeof *publish);
    if (!publish)
        return NULL;
    publish->stage = (struct stage){.fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};
    publish->lock_fd = -1;
    publish->arena = arena_new(0);
    publish->out = out;
    if (publish->arena)
        return publish;
    publish_free(publish);
    return NULL;
}

struct publish *publish_begin(const char *out, struct diag *diag)
{
    struct publish *publish = publish_new(out);
    if (!publish)
        return NULL;
    if (make_out(publish, diag) && take_lock(publish, diag) && open_stage(publish, diag))
        return publish;
    publish_free(publish);
    return NULL;
}

bool publish_write(struct publish *publish, const char *path, const void *bytes, size_t len,
                   struct diag *diag)
{
    int error = stage_write(&publish->stage, path, bytes, len);
    if (error && !atomic_exchange(&publish->failed, true))
        diag_error(diag, (struct place){.file = publish->stage.dir}, "%s cannot be written: %s", path,
                   strerror(error));
    return error == 0;
}

const char **publish_written(struct publish *publish, struct arena *arena, size_t *count)
{
    struct stage *stage = &publish->stage;
    pthread_mutex_lock(&stage->lock);
    *count = stage->count;
    const char **paths = arena_alloc(arena, (stage->count + 1) * sizeof *paths);
    for (size_t i = 0; paths && i < stage->count; i++)
        paths[i] = stage->written[i].path;
    pthread_mutex_unlock(&stage->lock);
    return paths;
}

const char *publish_staged(const struct publish *publish, struct arena *arena, const char *path)
{
    return arena_printf(arena, "%s/.staging/%s", publish->out, path);
}

const char *publish_served(const struct publish *publish, struct arena *arena, const char *path)
{
    return arena_printf(arena, "%s/%s", publish->out, path);
}

static int retire_previous(struct publish *publish)
{
    int error = fs_mkdirs(in_out(publish, "previous", ""));
    for (size_t i = 0; !error && i < PART_COUNT; i++) {
        if (rename(previous(publish, parts[i]), retired(publish, parts[i])) != 0 && errno != ENOENT)
            error = errno;
    }
    return error;
}

/* The first `count` parts go back to where they were. */
static void undo(struct publish *publish, size_t count)
{
    while (count-- > 0) {
        const char *part = parts[count];
        if (fs_is_dir(previous(publish, part)))
            fs_swap(previous(publish, part), served(publish, part), staged(publish, part));
        else
            fs_remove_tree(served(publish, part));
    }
    mend_previous(publish);
}

/* Pages and the compiled portal change together: when one cannot, neither does. */
static int change_places(struct publish *publish)
{
    int error = retire_previous(publish);
    size_t done = 0;
    while (!error && done < PART_COUNT) {
        const char *part = parts[done];
        error = fs_swap(staged(publish, part), served(publish, part), previous(publish, part));
        done += !error;
    }
    if (error)
        undo(publish, done);
    for (size_t i = 0; !error && i < PART_COUNT; i++)
        rename(retired(publish, parts[i]), staged(publish, parts[i]));
    return error;
}

bool publish_commit(struct publish *publish, const struct record *record, struct diag *diag)
{
    int error = stage_sweep(&publish->stage, publish->arena);
    if (!error)
        error = change_places(publish);
    if (error)
        complain(diag, publish->out, "the new pages cannot take their place", error);
    else if (record) /* without one the next run only takes longer */
        record_write(publish->out, record, publish->stage.written, publish->stage.count);
    publish_free(publish);
    return error == 0;
}

void publish_abort(struct publish *publish)
{
    if (!publish)
        return;
    if (publish->stage.fresh)
        fs_remove_tree(publish->stage.dir);
    if (publish->made_out)
        rmdir(publish->out);
    publish_free(publish);
}

static bool has_both(struct publish *publish, const char *(*place)(struct publish *, const char *))
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (!fs_is_dir(place(publish, parts[i])))
            return false;
    }
    return true;
}

static bool can_roll_back(struct publish *publish, struct diag *diag)
{
    if (!has_both(publish, previous))
        diag_error(diag, (struct place){.file = in_out(publish, "previous", "")},
                   "there is nothing to go back to; the second build fills it");
    else if (!has_both(publish, served))
        diag_error(diag, (struct place){.file = publish->out},
                   "there is nothing to go back from; build first");
    else
        return true;
    return false;
}

static int trade(struct publish *publish, const char *part)
{
    return fs_exchange(previous(publish, part), served(publish, part), retired(publish, part));
}

/* Trading twice is as it was: when one cannot, those before it go back. */
static int trade_all(struct publish *publish)
{
    int error = 0;
    size_t done = 0;
    while (!error && done < PART_COUNT) {
        error = trade(publish, parts[done]);
        done += !error;
    }
    while (error && done-- > 0)
        trade(publish, parts[done]);
    return error;
}

bool publish_rollback(const char *out, struct diag *diag)
{
    struct publish *publish = publish_new(out);
    if (!publish)
        return false;
    bool ready = fs_is_dir(out) ? take_lock(publish, diag) && open_stage(publish, diag) : true;
    ready = ready && can_roll_back(publish, diag);
    int error = ready ? trade_all(publish) : 0;
    if (error)
        complain(diag, out, "what was served before cannot take its place", error);
    if (publish->stage.fresh)
        rmdir(publish->stage.dir);
    publish_free(publish);
    return ready && !error;
}
