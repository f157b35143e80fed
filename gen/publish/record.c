#include "record.h"

#include "../../lib/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RECORD_NAME "/.record"
#define MAGIC "guichet record 1\n"

enum { RECORD_CEILING = 256 * 1024 * 1024, PATH_CEILING = 4096 };

/*
 * The magic, then inputs, both warnings and files, each as its length and its bytes. A file is its path with
 * a NUL, and its stamp.
 */
static void add_part(struct buf *out, const void *bytes, uint64_t len)
{
    buf_add(out, &len, sizeof len);
    buf_add(out, bytes, len);
}

struct reader {
    const char *at, *end;
};

static bool take(struct reader *reader, void *into, size_t len)
{
    if ((size_t)(reader->end - reader->at) < len)
        return false;
    memcpy(into, reader->at, len);
    reader->at += len;
    return true;
}

static bool take_part(struct reader *reader, struct reader *part)
{
    uint64_t len;
    if (!take(reader, &len, sizeof len) || len > (uint64_t)(reader->end - reader->at))
        return false;
    *part = (struct reader){reader->at, reader->at + len};
    reader->at += len;
    return true;
}

static bool is_untouched(int dir, struct reader *files)
{
    struct stat info;
    struct stamp was, is;
    const char *path = files->at;
    const char *end = memchr(path, '\0', (size_t)(files->end - path));
    if (!end)
        return false;
    files->at = end + 1;
    if (!take(files, &was, sizeof was) || fstatat(dir, path, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    is = stamp_of(&info);
    return memcmp(&was, &is, sizeof was) == 0;
}

static bool are_untouched(const char *out, struct reader files)
{
    int dir = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool same = dir >= 0;
    while (same && files.at < files.end)
        same = is_untouched(dir, &files);
    if (dir >= 0)
        close(dir);
    return same;
}

static bool matches(const char *out, struct reader record, const struct buf *inputs, bool json,
                    struct buf *said)
{
    char magic[sizeof MAGIC - 1];
    struct reader was, texts[2], files;
    if (!take(&record, magic, sizeof magic) || memcmp(magic, MAGIC, sizeof magic) != 0 ||
        !take_part(&record, &was) || !take_part(&record, &texts[0]) || !take_part(&record, &texts[1]) ||
        !take_part(&record, &files) || record.at != record.end)
        return false;
    if ((size_t)(was.end - was.at) != inputs->len || memcmp(was.at, inputs->data, inputs->len) != 0 ||
        !are_untouched(out, files))
        return false;
    buf_add(said, texts[json].at, (size_t)(texts[json].end - texts[json].at));
    return buf_ok(said);
}

static bool record_path(char path[PATH_CEILING], const char *out)
{
    int len = snprintf(path, PATH_CEILING, "%s" RECORD_NAME, out);
    return len > 0 && len < PATH_CEILING;
}

bool record_holds(const char *out, const struct buf *inputs, bool json, struct buf *said)
{
    char path[PATH_CEILING];
    struct buf record;
    buf_init(&record, RECORD_CEILING);
    bool holds = record_path(path, out) && fs_read(path, &record) == 0 &&
                 matches(out, (struct reader){record.data, record.data + record.len}, inputs, json, said);
    buf_release(&record);
    return holds;
}

static int64_t last_change(const struct stage_file *files, size_t count)
{
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (files[i].stamp.changed > last)
            last = files[i].stamp.changed;
    }
    return last;
}

static void add_files(struct buf *out, const struct stage_file *files, size_t count)
{
    struct buf list;
    buf_init(&list, RECORD_CEILING);
    for (size_t i = 0; i < count; i++) {
        buf_add(&list, files[i].path, strlen(files[i].path) + 1);
        buf_add(&list, &files[i].stamp, sizeof files[i].stamp);
    }
    add_part(out, list.data, list.len);
    out->failed |= !buf_ok(&list);
    buf_release(&list);
}

int record_write(const char *out, const struct record *record, const struct stage_file *files, size_t count)
{
    char path[PATH_CEILING];
    struct buf text;
    if (!record_path(path, out))
        return ENAMETOOLONG;
    buf_init(&text, RECORD_CEILING);
    buf_adds(&text, MAGIC);
    add_part(&text, record->inputs->data, record->inputs->len);
    add_part(&text, record->said, strlen(record->said));
    add_part(&text, record->said_json, strlen(record->said_json));
    add_files(&text, files, count);
    int error = buf_ok(&text) ? fs_write(path, text.data, text.len, false) : ENOMEM;
    buf_release(&text);
    if (!error && !stamp_settle(last_change(files, count)))
        error = EAGAIN;
    if (error)
        unlink(path);
    return error;
}
