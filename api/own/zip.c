#include "zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>

enum { BLOCK = 64 * 1024 };

struct zip {
    struct archive *archive;
    locale_t utf8; /* libarchive marks names as UTF-8 only where the thread's characters are */
    zip_sink *sink;
    void *context;
    bool failed;
};

/* After the first failure everything is swallowed: an archive that was refused a byte forgets to free its own
 * memory. */
static la_ssize_t deliver(struct archive *archive, void *context, const void *bytes, size_t len)
{
    struct zip *zip = context;
    (void)archive;
    if (!zip->failed && !zip->sink(zip->context, bytes, len))
        zip->failed = true;
    return (la_ssize_t)len;
}

static void release(struct zip *zip)
{
    if (zip->archive)
        archive_write_free(zip->archive);
    if (zip->utf8)
        freelocale(zip->utf8);
    free(zip);
}

struct zip *zip_begin(zip_sink *sink, void *context)
{
    struct zip *zip = calloc(1, sizeof *zip);
    if (!zip)
        return NULL;
    zip->sink = sink;
    zip->context = context;
    zip->archive = archive_write_new();
    zip->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!zip->archive || !zip->utf8 || archive_write_set_format_zip(zip->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(zip->archive, BLOCK) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(zip->archive, 1) != ARCHIVE_OK ||
        archive_write_open(zip->archive, zip, NULL, deliver, NULL) != ARCHIVE_OK) {
        zip->failed = true;
        release(zip);
        return NULL;
    }
    return zip;
}

static void fill(struct archive_entry *entry, const char *name, int64_t size, int64_t at)
{
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, at / 1000, at % 1000 * 1000000);
    if (size >= 0)
        archive_entry_set_size(entry, size);
}

void zip_file(struct zip *zip, const char *name, int64_t size, int64_t at)
{
    struct archive_entry *entry = zip->failed ? NULL : archive_entry_new();
    zip->failed = !entry;
    if (!entry)
        return;
    locale_t before = uselocale(zip->utf8);
    fill(entry, name, size, at);
    if (archive_write_header(zip->archive, entry) != ARCHIVE_OK)
        zip->failed = true;
    archive_entry_free(entry);
    uselocale(before);
}

void zip_write(struct zip *zip, const void *bytes, size_t len)
{
    if (!zip->failed && len > 0 && archive_write_data(zip->archive, bytes, len) != (la_ssize_t)len)
        zip->failed = true;
}

bool zip_end(struct zip *zip)
{
    bool whole = archive_write_close(zip->archive) == ARCHIVE_OK && !zip->failed;
    release(zip);
    return whole;
}
